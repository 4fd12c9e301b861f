import type { ClockTrust } from '../../firmware-protocol/content/report.ts';
import type { Clock } from '../ports.ts';
import { type Fix, surer, trustOf } from './trust.ts';

/**
 * The clock that the agent uses. Until the server has told the time, `wall()` is the system's, but never before the
 * floor; after that it is the server's time carried on by the monotonic clock, whatever happens to the system clock.
 */
export class TrustedClock implements Clock {
  readonly #system: Clock;
  readonly #floor: number;
  readonly #startedAt: number;
  #fix: Fix | undefined;

  /** `floor`: epoch ms that are surely past: the later of the build and the last saved time. */
  constructor(system: Clock, floor: number) {
    this.#system = system;
    this.#floor = floor;
    this.#startedAt = system.monotonic();
  }

  wall(): number {
    const now = this.monotonic();
    if (this.#fix !== undefined) return Math.round(this.#fix.wall + now - this.#fix.monotonic);
    return Math.max(this.#system.wall(), Math.round(this.#floor + now - this.#startedAt));
  }

  monotonic(): number {
    return this.#system.monotonic();
  }

  after(ms: number, call: () => void): () => void {
    return this.#system.after(ms, call);
  }

  trust(): ClockTrust {
    return trustOf(this.#system.wall(), this.#floor, this.#fix);
  }

  /** Takes what the server proved, unless more is known already. */
  learn(fix: Fix): void {
    this.#fix = surer(this.#fix, fix);
  }

  /** How far the system clock is from the server's time, ms; undefined while that is not known. */
  systemError(): number | undefined {
    return this.#fix && this.#system.wall() - this.wall();
  }
}
