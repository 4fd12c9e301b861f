import { join } from 'node:path';
import type { ServerConfig } from '../../config.ts';
import type { Database } from '../../tables.ts';
import { type Connection, sqliteConnection } from './connection.ts';
import { openSqlite, type SqliteFile } from './libsql.ts';
import { migrate } from './migrations.ts';
import { openPostgresDatabase } from './postgres-database.ts';
import { whileHallsStandStill } from './standing-still.ts';
import { tablesOn } from './tables.ts';

/** The database that the configuration names, brought up to date. Rejects `database-down`, `config-invalid`. */
export async function openDatabaseOf({ data, database }: ServerConfig): Promise<Database> {
  if (database === 'sqlite') return openDatabase(join(data, 'server.db'));
  return openPostgresDatabase(database.postgres);
}

/** The embedded database: one SQLite file, made and brought up to date when opened. Rejects `database-down`. */
export async function openDatabase(path: string): Promise<Database> {
  return databaseOn(openSqlite(path));
}

export async function databaseOn(file: SqliteFile): Promise<Database> {
  const connection = sqliteConnection(file);
  await migrate(connection);
  const alone = <T>(work: (tx: Connection) => Promise<T>) => connection.transaction().execute(work);
  const transaction: Database['transaction'] = (work) => alone((tx) => work(tablesOn(tx)));
  return {
    ...tablesOn(connection),
    transaction,
    // One writer at a time: it is alone in any case. It answers in this thread, so no answer is lost.
    amongOthers: (work) => transaction(work),
    whileHallsStandStill: (work) => whileHallsStandStill({ amongOthers: alone, alone }, work),
    // One file, and each statement in turn: nobody holds a session.
    reading: (work) => work(),
    close: () => connection.destroy(),
  };
}
