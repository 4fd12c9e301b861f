import type { Clock } from '../../device/ports.ts';

interface Timer {
  at: number;
  /** Timers of the same instant fire in the order in which they were set. */
  order: number;
  call: () => void;
}

/** The time of a world: it moves only when told, from one timer to the next, and lets all that follows happen. */
export class VirtualClock implements Clock {
  readonly #startWall: number;
  #now = 0;
  #order = 0;
  #timers: Timer[] = [];

  constructor(startWall: number) {
    this.#startWall = startWall;
  }

  /** The true time, epoch ms. */
  wall(): number {
    return this.#startWall + this.#now;
  }

  monotonic(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, ms), order: this.#order++, call };
    const index = this.#timers.findIndex((each) => each.at > timer.at);
    if (index === -1) this.#timers.push(timer);
    else this.#timers.splice(index, 0, timer);
    return () => {
      const at = this.#timers.indexOf(timer);
      if (at !== -1) this.#timers.splice(at, 1);
    };
  }

  /** Runs until `monotonic` milliseconds; `afterEach` is called when everything that a timer led to has happened. */
  async runTo(monotonic: number, afterEach: () => void = () => {}): Promise<void> {
    await settled();
    for (let next = this.#timers[0]; next !== undefined && next.at <= monotonic; next = this.#timers[0]) {
      this.#timers.shift();
      this.#now = next.at;
      next.call();
      await settled();
      afterEach();
    }
    this.#now = Math.max(this.#now, monotonic);
  }
}

/** Every promise that can go on has gone on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
