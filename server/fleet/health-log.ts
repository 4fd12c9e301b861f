import type { HealthRow } from '../health-table.ts';
import type { Clock } from '../ports.ts';
import type { Database } from '../tables.ts';
import { GroupCommit } from './group-commit.ts';

export const HEALTH_TIMES = {
  /** Long enough to see what came before a fault that was told late. */
  keepDays: 14,
  /** How often some halls' old measurements go, and of how many halls at a time: a nation's in less than two hours. */
  tidySeconds: 60,
  hallsAtATime: 1_000,
} as const;

/** Measurements in one commit. */
const MEASUREMENTS_TOGETHER = 1_000;

/** What halls measured, each minute: kept as it came, read with its schema when somebody asks. */
export class HealthLog {
  readonly #db: Database;
  readonly #clock: Clock;
  readonly #commit: GroupCommit<HealthRow, boolean>;
  #tidyFrom = '';
  #tidyAt: number;

  constructor({ db, clock }: { db: Database; clock: Clock }) {
    this.#db = db;
    this.#clock = clock;
    this.#tidyAt = clock.monotonic();
    this.#commit = new GroupCommit({
      most: MEASUREMENTS_TOGETHER,
      store: async (group) => {
        const offline = await db.health.append(group);
        await this.#tidy();
        return group.map(({ device }) => offline.has(device));
      },
    });
  }

  /** Resolves, when it is durable, with whether the device was thought to be away. Rejects `database-down`. */
  take(device: string, zone: string, payload: Uint8Array): Promise<boolean> {
    return this.#commit.put({
      device,
      zone,
      at: this.#clock.wall(),
      document: Buffer.from(payload).toString(),
    });
  }

  /** Measurements so far, and commits. */
  stored(): { items: number; groups: number } {
    return this.#commit.done();
  }

  async #tidy(): Promise<void> {
    if (this.#clock.monotonic() < this.#tidyAt) return;
    this.#tidyAt = this.#clock.monotonic() + HEALTH_TIMES.tidySeconds * 1_000;
    const before = this.#clock.wall() - HEALTH_TIMES.keepDays * 86_400_000;
    this.#tidyFrom = await this.#db.health.drop(before, this.#tidyFrom, HEALTH_TIMES.hallsAtATime);
  }
}
