import type { Clock } from '../../../device/ports.ts';

interface Timer {
  at: number;
  call: () => void;
}

/** A clock that goes only when told. Everything that is due happens in order, and what it sets off happens between. */
export class VirtualClock implements Clock {
  #monotonic = 0;
  #offset: number;
  #timers: Timer[] = [];

  constructor(startAt = Date.UTC(2026, 10, 13, 1, 0, 0)) {
    this.#offset = startAt;
  }

  wall(): number {
    return this.#offset + this.#monotonic;
  }

  monotonic(): number {
    return this.#monotonic;
  }

  after(ms: number, call: () => void): () => void {
    const timer = { at: this.#monotonic + Math.max(0, ms), call };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((held) => held !== timer);
    };
  }

  /** How many calls are still to come. */
  pending(): number {
    return this.#timers.length;
  }

  stepWall(ms: number): void {
    this.#offset += ms;
  }

  async advance(ms: number): Promise<void> {
    const end = this.#monotonic + ms;
    await settled();
    for (let next = this.#next(end); next !== undefined; next = this.#next(end)) {
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#monotonic = Math.max(this.#monotonic, next.at);
      next.call();
      await settled();
    }
    this.#monotonic = end;
  }

  #next(end: number): Timer | undefined {
    return this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
  }
}

/** Lets every promise that can go on go on. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
