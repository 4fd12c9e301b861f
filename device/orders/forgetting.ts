import type { Clock, Store } from '../ports.ts';
import { type Here, knowsTheTime } from './here.ts';

export const FORGETTING_TIMES = {
  /** Longer than the programme runner ever looks back, so that nothing it missed looks new. */
  keep_ms: 8 * 24 * 3_600_000,
  every_ms: 24 * 3_600_000,
} as const;

const HORIZON_FACT = 'forgotten-before';

/**
 * Lets go of claims that can no longer matter. The horizon moves with the monotonic clock and never by a step of the
 * wall clock: a clock that is wrong by years must not make yesterday's orders new again (F10).
 */
export class Forgetting {
  readonly #needs: { here: () => Here; clock: Clock; store: Store; failed: (error: unknown) => void };
  #cancel: () => void = () => {};

  constructor(needs: { here: () => Here; clock: Clock; store: Store; failed: (error: unknown) => void }) {
    this.#needs = needs;
  }

  start(): void {
    this.#cancel = this.#needs.clock.after(FORGETTING_TIMES.every_ms, () => {
      this.#forget().catch(this.#needs.failed);
      this.start();
    });
  }

  stop(): void {
    this.#cancel();
  }

  /** A day has passed by the monotonic clock: the horizon follows by a day, and never past the wall clock. */
  async #forget(): Promise<void> {
    const { here, store } = this.#needs;
    if (!knowsTheTime(here())) return;
    const wanted = here().now - FORGETTING_TIMES.keep_ms;
    const last = Number((await store.fact(HORIZON_FACT)) ?? wanted);
    const horizon = Math.min(wanted, last + FORGETTING_TIMES.every_ms);
    if (horizon <= last && last !== wanted) return;
    await store.commit({ forgetClaimsBefore: horizon, facts: { [HORIZON_FACT]: String(horizon) } });
  }
}
