import { rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { DeviceError } from '../../errors.ts';
import { syncFolder } from '../atomic-file.ts';
import { connectDatabase, DAMAGED_ROW, type Database, isDamage } from './database.ts';
import { removeDatabase } from './quarantine.ts';
import { readHead } from './reports.ts';
import { SCHEMA, SCHEMA_VERSION } from './schema.ts';

/** The write-ahead log shrinks back to this after a burst. */
const LOG_BYTES = 4 * 1024 * 1024;
const PAGE_BYTES = 4_096;

const VersionRow = z.object({ user_version: z.int() });
const CheckRow = z.object({ quick_check: z.string() });

export interface DatabasePlace {
  path: string;
  /** Beyond it the database says `store-full`, whatever room the card has. */
  maxBytes: number;
  /** Whether there was ever a store here: then a missing database was lost, and is not new. */
  known: boolean;
}

/**
 * A database that can be used, whatever bytes lie in its place (I8). `refill` writes into the successor of a damaged
 * or lost one, in the transaction that makes it. Rejects only when the disk itself fails.
 */
export async function openDatabase(
  place: DatabasePlace,
  refill: (successor: Database) => Promise<void>,
): Promise<Database> {
  const found = await stat(place.path).catch(() => undefined);
  if (found === undefined && !place.known) return succeed(place, async () => {});
  if (!found?.isFile()) return succeed(place, refill);
  try {
    return await connect(place);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return succeed(place, refill);
  }
}

/** Builds a database beside `path` and puts it there when it is complete: before that the old one can be found again. */
async function succeed(place: DatabasePlace, fill: (database: Database) => Promise<void>): Promise<Database> {
  const { path } = place;
  const beside = `${path}.new`;
  await removeDatabase(beside);
  // It keeps the rollback journal of SQLite's default, so that after COMMIT all of it lies in one file.
  const database = await connectDatabase(beside);
  try {
    await database.execute('PRAGMA synchronous = FULL');
    await database.transaction(async () => {
      await database.execute(SCHEMA);
      await fill(database);
    });
  } finally {
    database.close();
  }
  // The log of the old database must be gone before the new one takes its name: SQLite would replay it.
  for (const end of ['-wal', '-shm']) await rm(path + end, { force: true, recursive: true });
  await rename(beside, path);
  await syncFolder(dirname(path));
  return connect(place);
}

async function connect({ path, maxBytes }: DatabasePlace): Promise<Database> {
  const database = await connectDatabase(path);
  try {
    // Before anything that needs a lock: what is no database is found out by reading.
    await check(database);
    await database.execute(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
      PRAGMA journal_size_limit = ${LOG_BYTES}; PRAGMA max_page_count = ${Math.floor(maxBytes / PAGE_BYTES)}`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Rejects when the bytes of the database are damaged, or are no database of this program. */
async function check(database: Database): Promise<void> {
  const faults = await database.rows(CheckRow, 'PRAGMA quick_check(1)');
  const version = await database.row(VersionRow, 'PRAGMA user_version');
  if (faults[0]?.quick_check !== 'ok' || version?.user_version !== SCHEMA_VERSION)
    throw new DeviceError('store-failed', { sqlite: DAMAGED_ROW, faults, version });
  await readHead(database);
}
