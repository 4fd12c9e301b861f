import type { Clock, Log } from '../ports.ts';
import type { Database } from '../tables.ts';

/** 75,000 boxes speak each minute: their times are written together, and losing the last few seconds harms nobody. */
const FLUSH_SECONDS = 5;

/** When each device was last heard. */
export class LastSeen {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #log: Log;
  #fresh = new Map<string, number>();
  #cancel: (() => void) | undefined;
  #flushing: Promise<void> = Promise.resolve();

  constructor(needs: { db: Database; clock: Clock; log: Log }) {
    this.#db = needs.db;
    this.#clock = needs.clock;
    this.#log = needs.log;
  }

  /** `at`: epoch ms, for who hears many at a time. */
  note(device: string, at = this.#clock.wall()): void {
    this.#fresh.set(device, at);
    this.#cancel ??= this.#clock.after(FLUSH_SECONDS * 1_000, () => {
      this.#flushing = this.#flush();
    });
  }

  async close(): Promise<void> {
    this.#cancel?.();
    await this.#flushing;
    await this.#flush();
  }

  async #flush(): Promise<void> {
    this.#cancel = undefined;
    const seen = this.#fresh;
    if (seen.size === 0) return;
    this.#fresh = new Map();
    await this.#db.devices
      .seen(seen)
      .catch((error: unknown) => this.#log.error({ error }, 'last-seen times could not be written'));
  }
}
