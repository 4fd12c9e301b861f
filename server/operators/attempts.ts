import type { Clock } from '../ports.ts';

/** How guessing is slowed down: five free slips, then a wait that doubles, and forgotten after an hour of peace. */
const ATTEMPT_LIMITS = {
  freeFailures: 5,
  firstWaitSeconds: 2,
  longestWaitSeconds: 900,
  forgottenAfterSeconds: 3_600,
  /** Bound on memory: the longest silent is forgotten first. */
  keys: 10_000,
} as const;

interface Slips {
  count: number;
  lastMs: number;
}

/** Counts failures by a key (a name and an address, say). Knows no passwords. */
export class Attempts {
  readonly #clock: Clock;
  readonly #slips = new Map<string, Slips>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Seconds to wait before the next try is looked at; 0 = now. */
  waitSeconds(key: string): number {
    const slips = this.#slips.get(key);
    if (slips === undefined || slips.count < ATTEMPT_LIMITS.freeFailures) return 0;
    const doublings = Math.min(slips.count - ATTEMPT_LIMITS.freeFailures, 20);
    const wait = Math.min(
      ATTEMPT_LIMITS.firstWaitSeconds * 2 ** doublings,
      ATTEMPT_LIMITS.longestWaitSeconds,
    );
    return Math.max(0, Math.ceil(wait - (this.#clock.monotonic() - slips.lastMs) / 1_000));
  }

  failed(key: string): void {
    const now = this.#clock.monotonic();
    const before = this.#slips.get(key);
    const fresh = before === undefined || now - before.lastMs > ATTEMPT_LIMITS.forgottenAfterSeconds * 1_000;
    // Deleting first keeps the map in order of the last slip.
    this.#slips.delete(key);
    this.#slips.set(key, { count: fresh ? 1 : before.count + 1, lastMs: now });
    const [oldest] = this.#slips.keys();
    if (this.#slips.size > ATTEMPT_LIMITS.keys && oldest !== undefined) this.#slips.delete(oldest);
  }

  succeeded(key: string): void {
    this.#slips.delete(key);
  }
}
