import type { Clock } from '../../../device/ports.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';

/** A machine whose wall clock is wrong and steps, while its monotonic clock goes on. */
export class WrongClock implements Clock {
  readonly time: VirtualClock;
  offset_ms: number;

  constructor(truth: number, offset_ms: number) {
    this.time = new VirtualClock(truth);
    this.offset_ms = offset_ms;
  }

  wall(): number {
    return this.time.wall() + this.offset_ms;
  }

  monotonic(): number {
    return this.time.monotonic();
  }

  after(ms: number, call: () => void): () => void {
    return this.time.after(ms, call);
  }
}
