import type { Output } from '../../../firmware-protocol/content/band.ts';
import type { KeySet } from '../../../firmware-protocol/content/key-set.ts';
import type { PlayId, Report } from '../../../firmware-protocol/content/report.ts';
import { DeviceError } from '../../errors.ts';
import type { Change, Claim, Clock, KeptProgramme, Log, Store } from '../../ports.ts';
import { diskError } from '../disk-error.ts';
import { apply } from './changes.ts';
import { dropDamagedDocuments, dropDamagedReports } from './damage.ts';
import { isDamage } from './database.ts';
import { type ReadDocuments, readDocuments } from './documents.ts';
import { grownBy, openFiles, type StoreFiles } from './files.ts';
import { readHead } from './reports.ts';
import {
  CLAIM_COLUMNS,
  CLAIMED,
  ClaimRow,
  CountRow,
  FactRow,
  FORGOT_BEFORE,
  HashRow,
  KnownRow,
  ReportRow,
  reportOf,
} from './schema.ts';

export const STORE_LIMITS = {
  /** About 100,000 reports: years of a village, or a month of a very busy one without a line. */
  reportBytes: 32 * 1024 * 1024,
  /** Reports, claims and documents together. */
  bytes: 128 * 1024 * 1024,
} as const;

export interface SqliteStoreParts {
  /** Holds `store.db`, `pins.json` and `quarantine/`. */
  folder: string;
  clock: Pick<Clock, 'wall'>;
  log: Log;
  limits?: Record<keyof typeof STORE_LIMITS, number>;
}

/** Opens the store of a hall, whatever lies in its folder. Rejects `store-full`, `store-failed` when the disk fails. */
export async function openSqliteStore(parts: SqliteStoreParts): Promise<Store> {
  const store = new SqliteStore(parts);
  await store.open();
  return store;
}

class SqliteStore implements Store {
  readonly #parts: SqliteStoreParts;
  readonly #limits: Record<keyof typeof STORE_LIMITS, number>;
  #files: StoreFiles | undefined;
  #closed = false;
  /** The last turn taken: operations follow one another, so that a transaction holds nothing of another caller. */
  #last: Promise<unknown> = Promise.resolve();

  constructor(parts: SqliteStoreParts) {
    this.#parts = parts;
    this.#limits = parts.limits ?? STORE_LIMITS;
  }

  async open(): Promise<void> {
    await this.#turn(async () => {});
  }

  async commit(change: Change): Promise<void> {
    const { log } = this.#parts;
    await this.#turn(async ({ database, pins }) => {
      const room = {
        budgetBytes: this.#limits.reportBytes,
        reserve: (head: number, count: number) => pins.reserve(head, count),
      };
      await database.transaction(() => apply(database, change, room));
      // What was committed counts; the copy outside the database is written with the next change at the latest.
      await pins
        .raise(grownBy(change))
        .catch((error: unknown) => log.warn({ error }, 'pins not written yet'));
    });
  }

  async claim(play: PlayId, output: Output): Promise<Claim | undefined> {
    return this.#turn(({ database }) =>
      database.row(
        ClaimRow,
        `SELECT ${CLAIM_COLUMNS} FROM claims WHERE play = ? AND output = ?`,
        play,
        output,
      ),
    );
  }

  async claimed(plays: PlayId[]): Promise<{ plays: PlayId[]; forgotBefore: number }> {
    return this.#turn(async ({ database }) => {
      const known = await database.row(KnownRow, CLAIMED, JSON.stringify(plays), FORGOT_BEFORE);
      return { plays: known?.plays ?? [], forgotBefore: known?.forgot_before ?? 0 };
    });
  }

  async openClaims(): Promise<Claim[]> {
    return this.#turn(({ database }) =>
      database.rows(
        ClaimRow,
        `SELECT ${CLAIM_COLUMNS} FROM claims WHERE state <> 'ended' ORDER BY boot, rowid`,
      ),
    );
  }

  async reports(limit: number): Promise<Report[]> {
    return this.#turn(async (files) => {
      const rows = await files.database.rows(
        ReportRow,
        'SELECT n, hash, body FROM reports ORDER BY n LIMIT ?',
        limit,
      );
      const read = rows.map((row) => ({ row, report: reportOf(row) }));
      const damaged = read.flatMap(({ row, report }) => (report === undefined ? [row] : []));
      if (damaged.length > 0) await dropDamagedReports(files, damaged);
      return read.flatMap(({ report }) => report ?? []);
    });
  }

  async waiting(): Promise<number> {
    return this.#turn(async ({ database }) => {
      const row = await database.row(CountRow, 'SELECT count(*) AS count FROM reports');
      return row?.count ?? 0;
    });
  }

  async lastReport(): Promise<{ n: number; hash: string }> {
    return this.#turn(async ({ database }) => {
      const { n, hash } = await readHead(database);
      return { n, hash };
    });
  }

  async reportHash(n: number): Promise<string | undefined> {
    return this.#turn(async ({ database }) => {
      const head = await readHead(database);
      if (head.n === n) return head.hash;
      return (await database.row(HashRow, 'SELECT hash FROM reports WHERE n = ?', n))?.hash;
    });
  }

  async programmes(): Promise<KeptProgramme[]> {
    return this.#turn(async (files) => (await wholeDocuments(files)).programmes);
  }

  async keys(): Promise<KeySet | undefined> {
    return this.#turn(async (files) => (await wholeDocuments(files)).keys?.set);
  }

  async fact(name: string): Promise<string | undefined> {
    return this.#turn(
      async ({ database }) =>
        (await database.row(FactRow, 'SELECT name, value FROM facts WHERE name = ?', name))?.value,
    );
  }

  async facts(beginning: string): Promise<Record<string, string>> {
    return this.#turn(async ({ database }) => {
      const sql = 'SELECT name, value FROM facts WHERE substr(name, 1, length(?)) = ?';
      const rows = await database.rows(FactRow, sql, beginning, beginning);
      return Object.fromEntries(rows.map(({ name, value }) => [name, value]));
    });
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#last;
    this.#files?.database.close();
    this.#files = undefined;
  }

  #turn<T>(work: (files: StoreFiles) => Promise<T>): Promise<T> {
    if (this.#closed) return Promise.reject(new DeviceError('store-failed', { why: 'closed' }));
    const turn = this.#last.then(() => this.#attempt(work));
    this.#last = turn.catch(() => {});
    return turn;
  }

  /** When the database turns out to be damaged while the agent runs, its successor is made and the work done again. */
  async #attempt<T>(work: (files: StoreFiles) => Promise<T>): Promise<T> {
    try {
      return await work(await this.#opened());
    } catch (error) {
      if (!isDamage(error)) throw diskError(error, { folder: this.#parts.folder });
      this.#parts.log.error({ error }, 'the store is damaged');
    }
    this.#files?.database.close();
    this.#files = undefined;
    try {
      return await work(await this.#opened());
    } catch (error) {
      throw diskError(error, { folder: this.#parts.folder });
    }
  }

  async #opened(): Promise<StoreFiles> {
    const { folder, clock } = this.#parts;
    const { reportBytes: budgetBytes, bytes: maxBytes } = this.#limits;
    this.#files ??= await openFiles({ folder, wall: () => clock.wall(), budgetBytes, maxBytes });
    return this.#files;
  }
}

async function wholeDocuments(files: StoreFiles): Promise<ReadDocuments> {
  const read = await readDocuments(files.database);
  if (read.damaged.length === 0) return read;
  await dropDamagedDocuments(files, read.damaged);
  return readDocuments(files.database);
}
