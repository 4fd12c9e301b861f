import type { PlayId } from '../../firmware-protocol/content/report.ts';
import type { ScreenOf } from '../../firmware-protocol/mqtt/sign-screen.ts';
import { isDeviceError } from '../errors.ts';
import type { Performance, Performed } from '../playout/play.ts';
import { pause } from '../playout/waiting.ts';
import type { Clock } from '../ports.ts';
import type { PaintedScreen, ShownPage } from '../sign-ports.ts';
import type { IdlePage } from './idle.ts';
import type { LeftOut } from './page-painter.ts';
import type { PanelSlot } from './panel-slot.ts';
import type { SignTurns } from './sign-turns.ts';

/** A whole page of a large sign on a slow line; with it the length of a play is an upper bound. */
const LONGEST_SHOW_MS = 6_000;

export interface PanelPerformanceParts {
  slot: PanelSlot;
  idle: IdlePage;
  clock: Clock;
  /** The screens of each page, every page as often as it is shown, from the first one that is still to be shown. */
  pages: PaintedScreen[][];
  /** Pages shown before this stretch. */
  from: number;
  /** Whose pages they are. */
  play: PlayId;
  title: string;
  /** Pages until the first one comes round again. */
  round: number;
  /** What the painted pages lack. */
  leftOut: LeftOut[];
  /** Lets the sign be as bright as it may be; returns the end of that. Absent = nothing is in danger. */
  brighten?: () => () => void;
  /** With other warnings that stand as long; absent = it goes to its end. */
  turns?: SignTurns;
}

/** One play, painted and ready for the sign. */
export class PanelPerformance implements Performance {
  readonly lengthMs: number;
  readonly #parts: PanelPerformanceParts;

  constructor(parts: PanelPerformanceParts) {
    this.#parts = parts;
    parts.turns?.wait(this);
    this.lengthMs = parts.pages.flat().reduce((sum, screen) => sum + LONGEST_SHOW_MS + screen.ms, 0);
  }

  async perform(signal: AbortSignal, at?: number): Promise<Performed> {
    const { clock, idle, pages, brighten, turns } = this.#parts;
    turns?.leave(this);
    if (at !== undefined) await pause(clock, at - clock.monotonic(), signal);
    const stretch = new Stretch(this.#parts, signal);
    idle.hold();
    const dim = brighten?.();
    try {
      for (const page of pages) {
        if (signal.aborted) break;
        if (stretch.makesWay()) return { end: 'turn', ...stretch.measured() };
        await stretch.showPage(page);
      }
      return { end: signal.aborted ? 'cut' : 'finished', ...stretch.measured() };
    } catch (error) {
      const reason = isDeviceError(error) ? error.code : 'internal';
      const detail = error instanceof Error ? error.message : String(error);
      return { end: 'failed', reason, detail, ...stretch.measured() };
    } finally {
      dim?.();
      idle.release();
    }
  }

  /** Painted pages hold nothing open. */
  async discard(): Promise<void> {
    this.#parts.turns?.leave(this);
  }
}

/** What of it was seen. */
class Stretch {
  readonly #parts: PanelPerformanceParts;
  readonly #signal: AbortSignal;
  #pagesBegun = 0;
  #pagesDone = 0;
  #firstAt: number | undefined;
  #last: ShownPage | undefined;

  constructor(parts: PanelPerformanceParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  async showPage(screens: PaintedScreen[]): Promise<void> {
    const { slot, clock } = this.#parts;
    for (const [index, screen] of screens.entries()) {
      const of = this.#screenOf(index, screens.length);
      const shown = await slot.show({ ...screen, of }, this.#signal);
      if (shown === undefined) return;
      this.#last = shown;
      this.#firstAt ??= clock.monotonic();
      if (index === 0) this.#pagesBegun += 1;
      await pause(clock, screen.ms, this.#signal);
      if (this.#signal.aborted) return;
    }
    this.#pagesDone += 1;
  }

  /** Between two pages: whether another warning is to be read now. */
  makesWay(): boolean {
    const { turns, clock, from, round } = this.#parts;
    if (turns === undefined || this.#firstAt === undefined) return false;
    const roundIsOver = (from + this.#pagesDone) % round === 0;
    return turns.areDue({ shownMs: clock.monotonic() - this.#firstAt, roundIsOver });
  }

  #screenOf(index: number, screens: number): ScreenOf {
    const { play, title, from, round } = this.#parts;
    const page = ((from + this.#pagesDone) % round) + 1;
    return { type: 'play', play, title, page, pages: round, screen: index + 1, screens };
  }

  /** A page of which one screen was seen counts as shown, and is shown again from its start after a cut. */
  measured(): Pick<Performed, 'mark' | 'firstAt' | 'panel'> {
    const { leftOut, from } = this.#parts;
    const mark = { done: from + this.#pagesDone };
    if (this.#last === undefined || this.#firstAt === undefined) return { mark };
    return {
      mark,
      firstAt: this.#firstAt,
      panel: {
        pages: this.#pagesBegun,
        crc: this.#last.crc,
        ...(this.#last.boardCrc !== undefined && { board_crc: this.#last.boardCrc }),
        ms: Math.round(this.#parts.clock.monotonic() - this.#firstAt),
        ...(leftOut.length > 0 && { left_out: leftOut }),
      },
    };
  }
}
