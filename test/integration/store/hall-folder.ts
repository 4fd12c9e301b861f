import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Libsql from 'libsql/promise';
import { openSqliteStore, type SqliteStoreParts } from '../../../device/drivers/store/sqlite-store.ts';
import type { Store } from '../../../device/ports.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

export const NOW = Date.UTC(2026, 10, 13, 11, 30);

/** Folders of halls that end with the test. */
export class HallFolders {
  readonly #made: string[] = [];

  async make(): Promise<string> {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-hall-'));
    this.#made.push(folder);
    return folder;
  }

  /** Of a hall whose log was folded into the one file (`meddle`): what SQLite keeps beside it may vanish while it is copied. */
  async copyOf(folder: string): Promise<string> {
    const copy = await this.make();
    await cp(folder, copy, { recursive: true, filter: (path) => !/-(?:shm|wal)$/.test(path) });
    return copy;
  }

  async remove(): Promise<void> {
    for (const folder of this.#made) await rm(folder, { recursive: true, force: true });
  }
}

export function openHall(folder: string, limits?: SqliteStoreParts['limits']): Promise<Store> {
  return openSqliteStore({
    folder,
    clock: { wall: () => NOW },
    log: silentLog,
    ...(limits === undefined ? {} : { limits }),
  });
}

/** Changes the database of a hall behind the back of its store, and folds the log into the one file. */
export async function meddle(folder: string, sql = ''): Promise<void> {
  const database = new Libsql(join(folder, 'store.db'), {});
  await database.exec(sql);
  const checkpoint = await database.prepare('PRAGMA wal_checkpoint(TRUNCATE)');
  const { busy } = await checkpoint.get([]);
  database.close();
  if (busy !== 0) throw new Error(`somebody still reads ${folder}: the log was not folded into it`);
}

/** Where the first page of a table or index lies in the database, bytes. */
export async function offsetOf(folder: string, name: string): Promise<number> {
  const database = new Libsql(join(folder, 'store.db'), {});
  const statement = await database.prepare(
    'SELECT (rootpage - 1) * 4096 AS offset FROM sqlite_schema WHERE name = ?',
  );
  const { offset } = await statement.get([name]);
  database.close();
  return offset;
}
