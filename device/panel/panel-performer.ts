import type { Page, PanelContent } from '../../firmware-protocol/content/announcement.ts';
import type { Mark, Performance, Performer, Play } from '../playout/play.ts';
import { aborted } from '../playout/waiting.ts';
import type { Clock } from '../ports.ts';
import type { PaintedScreen, TextPainter } from '../sign-ports.ts';
import type { IdlePage } from './idle.ts';
import { PanelPerformance } from './panel-performance.ts';
import type { PanelSlot } from './panel-slot.ts';

export interface PanelParts {
  slot: PanelSlot;
  painter: TextPainter;
  idle: IdlePage;
  clock: Clock;
}

/** The sign as an output of the playout. All pages are painted before the first one is due. */
export class PanelPerformer implements Performer {
  readonly output = 'panel';
  readonly #parts: PanelParts;

  constructor(parts: PanelParts) {
    this.#parts = parts;
  }

  /** Whether the sign answers is found out by showing: that it was silent a minute ago says nothing. */
  works(): boolean {
    return true;
  }

  whyNot(): string {
    return 'panel-gone';
  }

  async prepare(play: Play, from: Mark | undefined, signal: AbortSignal): Promise<Performance> {
    const said = play.announcement.panel;
    if (said === undefined) throw new Error('a play for the panel says nothing on the panel');
    const painted = await this.#paintAll(said.pages, play, signal);
    const done = Math.min(from?.done ?? 0, said.times * said.pages.length);
    const { slot, idle, clock } = this.#parts;
    return new PanelPerformance({ slot, idle, clock, pages: inTurn(said, painted).slice(done), from: done });
  }

  async #paintAll(pages: Page[], play: Play, signal: AbortSignal): Promise<PaintedScreen[][]> {
    const { painter, slot } = this.#parts;
    const enough = new AbortController();
    const painted: PaintedScreen[][] = [];
    try {
      for (const page of pages) {
        const request = { ...slot.face, content: { type: 'page', page, band: play.band } } as const;
        const screens = await Promise.race([
          painter.paint(request),
          aborted(signal, enough.signal).then(() => undefined),
        ]);
        if (screens === undefined) throw signal.reason;
        painted.push(screens);
      }
      return painted;
    } finally {
      enough.abort();
    }
  }
}

/** The pages as they follow one another, all `times` of them. */
function inTurn({ times }: PanelContent, painted: PaintedScreen[][]): PaintedScreen[][] {
  return Array.from({ length: times }, () => painted).flat();
}
