import { setTimeout as sleep } from 'node:timers/promises';
import { SAMPLE_RATE_HZ } from '../../sound-ports.ts';

/** Sound cards run fast or slow by up to 100 ppm: paced a little faster than ours, they never run dry. */
const DRIFT = 1 + 200e-6;

/**
 * Lets samples through in real time, `aheadMs` before they sound. Pipes hold seconds of mono sound: without it a cut
 * would be heard seconds late, and a sink that is a file would be done at once.
 */
export class Pacer {
  readonly #aheadMs: number;
  #startedAt: number | undefined;
  #sentMs = 0;

  constructor(aheadMs: number) {
    this.#aheadMs = aheadMs;
  }

  /** Resolves when so many frames may be sent, and counts them as sent. */
  async admit(frames: number): Promise<void> {
    const tooEarlyMs = this.tooEarlyMs();
    if (tooEarlyMs > 0) await sleep(tooEarlyMs);
    this.sent(frames);
  }

  /** How long to wait before more may be sent, ms; 0 or negative: now. */
  tooEarlyMs(): number {
    return this.leadMs() - this.#aheadMs;
  }

  sent(frames: number): void {
    this.#startedAt ??= performance.now();
    // A writer that was late has left a gap: time went on without sound, and is not caught up in a burst.
    if (this.leadMs() < 0) this.#startedAt = performance.now() - this.#sentMs / DRIFT;
    this.#sentMs += (frames / SAMPLE_RATE_HZ) * 1_000;
  }

  /** Resolves when all that was sent has had its time. */
  async sounded(): Promise<void> {
    const leadMs = this.leadMs();
    if (leadMs > 0) await sleep(leadMs);
  }

  /** When what is sent next sounds: the time of a device that keeps ours; undefined before the first. */
  nextAt(): number | undefined {
    return this.#startedAt === undefined ? undefined : this.#startedAt + this.#sentMs;
  }

  /** How far what was sent is ahead of what sounds. */
  leadMs(): number {
    if (this.#startedAt === undefined) return 0;
    return this.#sentMs - (performance.now() - this.#startedAt) * DRIFT;
  }
}
