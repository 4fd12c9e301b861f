import type { DeviceId } from '../../firmware-protocol/content/area.ts';
import type { HealthRow } from '../health-table.ts';
import type { Clock } from '../ports.ts';
import type { Database } from '../tables.ts';

export const HEALTH_TIMES = {
  /** Long enough to see what came before a fault that was told late. */
  keepDays: 14,
  /** How often some halls' old measurements go, and of how many halls at a time: a nation's in less than two hours. */
  tidySeconds: 60,
  hallsAtATime: 1_000,
} as const;

/** What halls measured, each minute: kept as it came, read with its schema when somebody asks. */
export class HealthLog {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #stored = { items: 0, groups: 0 };
  #tidyFrom = '';
  #tidyAt: number;

  constructor({ db, clock }: { db: Database; clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
    this.#tidyAt = clock.monotonic();
  }

  /** By one commit. Resolves, when they are durable, with the devices among them that were thought to be away. Rejects `database-down`. */
  async take(measurements: readonly HealthRow[]): Promise<Set<DeviceId>> {
    const away = await this.#db.health.append(measurements);
    this.#stored.items += measurements.length;
    this.#stored.groups++;
    await this.#tidy();
    return away;
  }

  /** Measurements so far, and commits. */
  stored(): { items: number; groups: number } {
    return { ...this.#stored };
  }

  async #tidy(): Promise<void> {
    if (this.#clock.monotonic() < this.#tidyAt) return;
    this.#tidyAt = this.#clock.monotonic() + HEALTH_TIMES.tidySeconds * 1_000;
    const before = this.#clock.wall() - HEALTH_TIMES.keepDays * 86_400_000;
    this.#tidyFrom = await this.#db.health.drop(before, this.#tidyFrom, HEALTH_TIMES.hallsAtATime);
  }
}
