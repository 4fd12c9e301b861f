import type { BoardTiming } from './board-timing.ts';

export type Sign =
  | { kind: 'hello' }
  | { kind: 'ping'; token: number }
  | { kind: 'gone'; hellos?: number; pings?: number };

/**
 * Whether the board is there: hello until it welcomes us, then a ping whenever the line was quiet. An unplugged port
 * closes nothing and fails nothing (node-serialport#2351); only the missing answers tell.
 */
export class BoardPulse {
  readonly #timing: BoardTiming;
  #greeted = false;
  #hellos = 0;
  #pings = 0;
  #unanswered = 0;
  #dueAt: number;
  /** Per ping the mark of what was sent before it. */
  readonly #marks = new Map<number, number>();

  constructor(timing: BoardTiming, now: number) {
    this.#timing = timing;
    this.#dueAt = now;
  }

  /** When the next sign is due, monotonic ms. */
  get dueAt(): number {
    return this.#dueAt;
  }

  /** A frame of the board came. `busy`: others are awaited. */
  heard(now: number, busy: boolean): void {
    this.#greeted = true;
    this.#unanswered = 0;
    this.#dueAt = now + (busy ? this.#timing.probeEveryMs : this.#timing.pingAfterMs);
  }

  /** Something was sent that should soon be heard of. */
  expectSoon(now: number): void {
    this.#dueAt = Math.min(this.#dueAt, now + this.#timing.probeEveryMs);
  }

  /** The sign that is due now. */
  next(now: number): Sign {
    if (!this.#greeted) {
      this.#dueAt = now + this.#timing.helloEveryMs;
      return this.#hellos++ < this.#timing.helloTries
        ? { kind: 'hello' }
        : { kind: 'gone', hellos: this.#hellos - 1 };
    }
    this.#dueAt = now + this.#timing.probeEveryMs;
    if (this.#unanswered++ >= this.#timing.silentAfterPings)
      return { kind: 'gone', pings: this.#unanswered - 1 };
    return { kind: 'ping', token: this.nextToken() };
  }

  /** For a ping out of turn, whose silence proves nothing. */
  nextToken(): number {
    return ++this.#pings;
  }

  mark(token: number, mark: number): void {
    this.#marks.set(token, mark);
  }

  /** What was sent before the ping that this answers; undefined = not ours. */
  answered(token: number): number | undefined {
    const mark = this.#marks.get(token);
    for (const earlier of this.#marks.keys()) if (earlier <= token) this.#marks.delete(earlier);
    return mark;
  }
}
