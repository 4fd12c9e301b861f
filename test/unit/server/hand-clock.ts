import type { Clock } from '../../../server/ports.ts';

/** A clock that a test moves by hand; timers fire in order of their time while it moves. */
export class HandClock implements Clock {
  #now = 0;
  #stepped = 0;
  #timers: { at: number; call: () => void }[] = [];
  readonly #epoch: number;

  constructor(startsAt = '2026-11-13T09:00:00+07:00') {
    this.#epoch = Date.parse(startsAt);
  }

  wall(): number {
    return this.#epoch + this.#now + this.#stepped;
  }

  /** Sets the wall clock on or back, as an administrator or NTP does (F46). */
  step(ms: number): void {
    this.#stepped += ms;
  }

  monotonic(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.#now + ms, call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Moves on, letting promises settle after each timer. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter((each) => each.at <= end).sort((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.at);
      next.call();
      await settled();
    }
    this.#now = end;
    await settled();
  }
}

/** Lets what is under way in this process, the embedded database among it, come to rest. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 25; turn++) await new Promise((resolve) => setImmediate(resolve));
}
