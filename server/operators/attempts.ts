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

/**
 * Counts failures by a key (a name and an address, say). Knows no passwords. What is tried on names that nobody has is counted by
 * itself: whoever makes up ten thousand of them does not make the server forget how often he guessed at one that exists.
 */
export class Attempts {
  readonly #clock: Clock;
  readonly #slips = new Map<string, Slips>();
  readonly #atNobody = new Map<string, Slips>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Seconds to wait before the next try is looked at; 0 = now. */
  waitSeconds(key: string): number {
    const slips = this.#slips.get(key) ?? this.#atNobody.get(key);
    if (slips === undefined || slips.count < ATTEMPT_LIMITS.freeFailures) return 0;
    const doublings = Math.min(slips.count - ATTEMPT_LIMITS.freeFailures, 20);
    const wait = Math.min(
      ATTEMPT_LIMITS.firstWaitSeconds * 2 ** doublings,
      ATTEMPT_LIMITS.longestWaitSeconds,
    );
    return Math.max(0, Math.ceil(wait - (this.#clock.monotonic() - slips.lastMs) / 1_000));
  }

  failed(key: string): void {
    this.#count(this.#slips, key);
  }

  /** At a name that nobody has: the wait is the same, since it must not tell that. */
  failedAtNobody(key: string): void {
    this.#count(this.#atNobody, key);
  }

  succeeded(key: string): void {
    this.#slips.delete(key);
    this.#atNobody.delete(key);
  }

  #count(slips: Map<string, Slips>, key: string): void {
    const now = this.#clock.monotonic();
    const before = slips.get(key);
    const fresh = before === undefined || now - before.lastMs > ATTEMPT_LIMITS.forgottenAfterSeconds * 1_000;
    // Deleting first keeps the map in order of the last slip.
    slips.delete(key);
    slips.set(key, { count: fresh ? 1 : before.count + 1, lastMs: now });
    const [oldest] = slips.keys();
    if (slips.size > ATTEMPT_LIMITS.keys && oldest !== undefined) slips.delete(oldest);
  }
}
