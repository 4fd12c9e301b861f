import type { PlayId } from './report.ts';

/** Paused longer than this, a play is given up: half a notice an hour later helps nobody. */
export const RESUME_WITHIN_MS = 15 * 60_000;

/** Something that wants one output. Times are epoch ms. */
export interface Turn {
  id: PlayId;
  band: number;
  startMs: number;
  latestStartMs: number;
  lengthMs: number;
  whenCut: 'resume' | 'give-up';
}

/** What becomes of a turn. */
export interface Ruling {
  id: PlayId;
  /** `plays` in time; `waits`, then plays; `cut` by a higher band on the way; `loses` = never starts. */
  verdict: 'plays' | 'waits' | 'cut' | 'loses';
  /** First and last moment on the output, pauses in between included; both the due start if it loses. */
  startsMs: number;
  endsMs: number;
  /** `due`, `over <id>`, `after <id>`, `resumes-after <id>`, `gives-up-for <id>`, `expired-behind <id>`. */
  because: string;
}

interface Act extends Turn {
  /** Order in which it was offered. */
  n: number;
  leftMs: number;
  startedMs: number | undefined;
  cutMs: number | undefined;
  /** Whom it had to make way for, last. */
  behind: PlayId | undefined;
  /** Whom it cut. */
  over: PlayId | undefined;
}

/**
 * One output through the day, by the laws of DESIGN 5: a higher band cuts in, a lower one waits while its grace
 * lasts; within a band the earlier offered goes first. Offer turns in order of start, then close.
 */
export class Stage {
  readonly #rulings: Ruling[] = [];
  #waiting: Act[] = [];
  #onAir: Act | undefined;
  #nowMs = Number.NEGATIVE_INFINITY;
  #offered = 0;

  offer(turn: Turn): void {
    this.#playUntil(turn.startMs);
    const nothingYet = { startedMs: undefined, cutMs: undefined, behind: undefined, over: undefined };
    const act: Act = { ...turn, leftMs: turn.lengthMs, n: this.#offered++, ...nothingYet };
    const onAir = this.#onAir;
    if (onAir === undefined) this.#begin(act);
    else if (turn.band > onAir.band) {
      this.#cut(onAir, turn.id);
      act.over = onAir.id;
      this.#begin(act);
    } else {
      act.behind = onAir.id;
      this.#waiting.push(act);
    }
  }

  /** Plays out what is left; the rulings in the order in which turns were over. */
  close(): Ruling[] {
    this.#playUntil(Number.POSITIVE_INFINITY);
    return this.#rulings;
  }

  #playUntil(untilMs: number): void {
    while (this.#onAir !== undefined && this.#nowMs + this.#onAir.leftMs <= untilMs) {
      const ended = this.#onAir;
      this.#nowMs += ended.leftMs;
      this.#finish(ended);
      this.#next(ended.id);
    }
    if (this.#onAir !== undefined) this.#onAir.leftMs -= untilMs - this.#nowMs;
    this.#nowMs = untilMs;
  }

  #begin(act: Act): void {
    act.startedMs ??= this.#nowMs;
    this.#onAir = act;
  }

  #cut(act: Act, by: PlayId): void {
    if (act.whenCut === 'resume') {
      act.cutMs = this.#nowMs;
      act.behind = by;
      this.#waiting.push(act);
    } else this.#rule(act, 'cut', this.#nowMs, `gives-up-for ${by}`);
  }

  #finish(act: Act): void {
    if (act.cutMs !== undefined) this.#rule(act, 'cut', this.#nowMs, `resumes-after ${act.behind}`);
    else if (act.behind !== undefined) this.#rule(act, 'waits', this.#nowMs, `after ${act.behind}`);
    else this.#rule(act, 'plays', this.#nowMs, act.over === undefined ? 'due' : `over ${act.over}`);
  }

  /** The highest band goes on, within it the earlier offered, also when it was cut since; who is too late is out. */
  #next(ended: PlayId): void {
    this.#onAir = undefined;
    const late = this.#waiting.filter((act) => this.#nowMs > lastMomentOf(act));
    for (const act of late) {
      if (act.cutMs === undefined) this.#rule(act, 'loses', act.startMs, `expired-behind ${ended}`);
      else this.#rule(act, 'cut', act.cutMs, `gives-up-for ${act.behind}`);
    }
    const [first, ...others] = this.#waiting.filter((act) => !late.includes(act)).sort(byRank);
    this.#waiting = others;
    if (first !== undefined) this.#begin(first);
  }

  #rule(act: Act, verdict: Ruling['verdict'], endsMs: number, because: string): void {
    this.#rulings.push({ id: act.id, verdict, startsMs: act.startedMs ?? act.startMs, endsMs, because });
  }
}

/** When a waiting act can begin, or go on, at the latest. */
function lastMomentOf(act: Act): number {
  return act.cutMs === undefined ? act.latestStartMs : act.cutMs + RESUME_WITHIN_MS;
}

function byRank(a: Act, b: Act): number {
  return b.band - a.band || a.n - b.n;
}
