import type { Clock } from '../ports.ts';
import type { Arrival } from './gate.ts';

const CLOCK_WAIT = {
  /** After a boot the broker hands over what it kept before the server has told the time: that takes a round trip. */
  patience_ms: 10_000,
  orders: 64,
} as const;

/** Orders that came while the clock was not known: judged again when it is, or for good when the patience ends. */
export class ClockWait {
  readonly #clock: Pick<Clock, 'after'>;
  readonly #judge: (message: Arrival) => void;
  #held: Arrival[] = [];
  #cancel: () => void = () => {};

  constructor(clock: Pick<Clock, 'after'>, judge: (message: Arrival) => void) {
    this.#clock = clock;
    this.#judge = judge;
  }

  /** False: too many wait already. */
  hold(message: Arrival): boolean {
    if (this.#held.length >= CLOCK_WAIT.orders) return false;
    if (this.#held.length === 0)
      this.#cancel = this.#clock.after(CLOCK_WAIT.patience_ms, () => this.release());
    this.#held.push(message);
    return true;
  }

  /** Judges all that wait, in order of arrival. */
  release(): void {
    this.#cancel();
    for (const message of this.#held.splice(0)) this.#judge(message);
  }
}
