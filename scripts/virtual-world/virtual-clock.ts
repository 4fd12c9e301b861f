import type { Clock } from '../../device/ports.ts';

interface Timer {
  at: number;
  /** Timers of the same instant fire in the order in which they were set. */
  order: number;
  call: () => void;
}

/** Time that moves only when told, from one timer to the next, and lets all that follows happen: of a world, of one part in a test. */
export class VirtualClock implements Clock {
  #startWall: number;
  #now = 0;
  #order = 0;
  #timers: Timer[] = [];

  /** The wall clock at its start, epoch ms: a morning, unless told otherwise. */
  constructor(startWall = Date.parse('2026-11-13T08:00:00+07:00')) {
    this.#startWall = startWall;
  }

  /** Epoch ms. */
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

  /** The wall clock is set on by `ms`, or back; no timer notices. */
  stepWall(ms: number): void {
    this.#startWall += ms;
  }

  /** How many calls are still to come. */
  pending(): number {
    return this.#timers.length;
  }

  async advance(ms: number): Promise<void> {
    await this.runTo(this.#now + ms);
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
