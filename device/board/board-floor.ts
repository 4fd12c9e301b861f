import type { BoardTiming } from './board-timing.ts';
import type { LineTurns } from './line-turns.ts';

/** Of a board on a shared line: a few answers in one piece, each below 140 bytes. */
const LONGEST_ANSWER_BYTES = 512;
/** Of a line that does not know its rate. */
const SLOWEST_BYTES_PER_SECOND = 11_520;

/**
 * Whether a session may speak now. With a line of its own it always may. On a shared one it asks for a turn, sends one burst
 * that ends in a frame with `poll`, and listens until that frame is answered or the time for it has passed (SPEC 5).
 */
export class BoardFloor {
  readonly #turns: LineTurns | undefined;
  readonly #timing: BoardTiming;
  #state: 'none' | 'asked' | 'mine' | 'listening' = 'none';
  #until = Number.POSITIVE_INFINITY;
  /** How long the burst that is on its way travels, and may be answered. */
  #answerMs = 0;
  /** Of the ping that ended the burst; undefined = a hello did. */
  #token: number | undefined;

  constructor(turns: LineTurns | undefined, timing: BoardTiming) {
    this.#turns = turns;
    this.#timing = timing;
  }

  get shared(): boolean {
    return this.#turns !== undefined;
  }

  get mine(): boolean {
    return this.#state === 'mine';
  }

  /** A turn has been asked for, and is not over: signs of life wait for the next. */
  get waiting(): boolean {
    return this.#state !== 'none';
  }

  get listening(): boolean {
    return this.#state === 'listening';
  }

  /** When a burst that nobody answered is over, monotonic ms. */
  get until(): number {
    return this.#until;
  }

  ask(urgent: boolean, wake: () => void): void {
    if (this.#state === 'mine' || this.#state === 'listening') return;
    this.#state = 'asked';
    this.#turns?.ask(urgent, () => {
      if (this.#state !== 'asked') return;
      this.#state = 'mine';
      wake();
    });
  }

  /** A burst of so many bytes is given to the line; `token` is of the ping at its end. */
  spoke(bytes: number, bytesPerSecond: number | undefined, token?: number): void {
    const rate = bytesPerSecond ?? SLOWEST_BYTES_PER_SECOND;
    const answerMs = Math.max(this.#timing.turnAtLeastMs, (2 * LONGEST_ANSWER_BYTES * 1_000) / rate);
    this.#state = 'listening';
    this.#token = token;
    this.#answerMs = (bytes * 1_000) / rate + answerMs;
  }

  /** The line has taken the burst: what lay with a busy driver until now was heard by no board. */
  taken(now: number): void {
    if (this.#state === 'listening') this.#until = now + this.#answerMs;
  }

  /** The board answered a ping (`token`) or a hello: the last that it says in this turn. */
  heardEnd(token?: number): void {
    if (this.#state === 'listening' && this.#token === token) this.leave(true);
  }

  /** Ends a turn whose time has passed. */
  look(now: number): void {
    if (this.#state === 'listening' && now >= this.#until) this.leave(false);
  }

  leave(answered: boolean): void {
    if (this.#state === 'none') return;
    this.#state = 'none';
    this.#until = Number.POSITIVE_INFINITY;
    this.#turns?.end(answered);
  }
}
