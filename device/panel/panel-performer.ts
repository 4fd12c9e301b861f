import type { PanelContent } from '../../firmware-protocol/content/announcement.ts';
import { BANDS } from '../../firmware-protocol/content/band.ts';
import type { Mark, Performance, Performer, Play } from '../playout/play.ts';
import { isStanding } from '../playout/rank.ts';
import { aborted } from '../playout/waiting.ts';
import type { Clock } from '../ports.ts';
import type { PaintedScreen } from '../sign-ports.ts';
import type { IdlePage } from './idle.ts';
import { type PagePainterParts, type PaintedPage, paintPages } from './page-painter.ts';
import { PanelPerformance } from './panel-performance.ts';
import type { PanelSlot } from './panel-slot.ts';
import { SignTurns } from './sign-turns.ts';

export interface PanelParts extends PagePainterParts {
  slot: PanelSlot;
  idle: IdlePage;
  clock: Clock;
  /** For alerts: lets the sign be as bright as it may be; returns the end of that. */
  brighten: () => () => void;
}

/** The sign as an output of the playout. All pages are painted before the first one is due. */
export class PanelPerformer implements Performer {
  readonly output = 'panel';
  readonly #parts: PanelParts;
  readonly #turns = new SignTurns();

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
    const { screens } = play;
    const painted =
      screens === undefined
        ? await this.#paint(said, play, signal)
        : screens(this.#parts.slot.face).map((screen) => ({ screens: [screen], leftOut: [] }));
    const done = Math.min(from?.done ?? 0, said.times * said.pages.length);
    const { slot, idle, clock, brighten } = this.#parts;
    const pages = inTurn(said, painted).slice(done);
    const leftOut = painted.flatMap((page) => page.leftOut);
    const alert = play.band >= BANDS.alert ? { brighten } : {};
    const standing = isStanding('panel', { play }) ? { turns: this.#turns } : {};
    return new PanelPerformance({
      ...{ slot, idle, clock, pages, from: done, leftOut, ...alert, ...standing },
      ...{ play: play.id, title: play.announcement.title, round: painted.length },
    });
  }

  async #paint({ pages }: PanelContent, { band }: Play, signal: AbortSignal): Promise<PaintedPage[]> {
    const enough = new AbortController();
    try {
      const painted = await Promise.race([
        paintPages(pages, band, this.#parts, signal),
        aborted(signal, enough.signal).then(() => undefined),
      ]);
      if (painted === undefined) throw signal.reason;
      return painted;
    } finally {
      enough.abort();
    }
  }
}

/** The pages as they follow one another, all `times` of them. */
function inTurn({ times }: PanelContent, painted: PaintedPage[]): PaintedScreen[][] {
  return Array.from({ length: times }, () => painted.map(({ screens }) => screens)).flat();
}
