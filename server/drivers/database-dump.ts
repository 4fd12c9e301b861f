import { join } from 'node:path';
import type { ServerConfig } from '../config.ts';
import { sqliteConnection, tableNames, untyped } from './database-connection.ts';
import { migrate } from './database-migrations.ts';
import { openPostgresConnection } from './database-postgres.ts';
import { openSqlite } from './libsql.ts';

/** Rows written by one statement: the widest table stays below what a statement may bind. */
const ROWS_TOGETHER = 200;

/** Which server sends is of the running servers, not of the data. */
const NOT_DATA: ReadonlySet<string> = new Set(['dispatch_term']);
/** Its rows say which tables the others lie in. */
const MIGRATIONS = 'migrations';

export interface DumpedRow {
  table: string;
  row: Record<string, unknown>;
}

async function open({ data, database }: ServerConfig) {
  if (database !== 'sqlite') return openPostgresConnection(database.postgres);
  const connection = sqliteConnection(openSqlite(join(data, 'server.db')));
  await migrate(connection);
  return connection;
}

/** All rows of all tables as of one moment, also while a server runs. */
export async function eachRow(config: ServerConfig, take: (row: DumpedRow) => Promise<void>): Promise<void> {
  const connection = await open(config);
  try {
    await connection
      .transaction()
      .setIsolationLevel('serializable')
      .execute(async (tx) => {
        for (const table of await tableNames(tx)) {
          if (NOT_DATA.has(table)) continue;
          for (const row of await untyped(tx).selectFrom(table).selectAll().execute())
            await take({ table, row });
        }
      });
  } finally {
    await connection.destroy();
  }
}

/**
 * Writes rows into an empty database, all or none. Resolves with what kept it from that: tables with rows in them, or migrations that
 * one side has and the other does not.
 */
export async function fill(
  config: ServerConfig,
  rows: DumpedRow[],
): Promise<{ taken: string[]; strange: string[] } | undefined> {
  const connection = await open(config);
  try {
    return await connection
      .transaction()
      .setIsolationLevel('serializable')
      .execute(async (tx) => {
        const db = untyped(tx);
        const names = (await tableNames(tx)).filter((name) => !NOT_DATA.has(name));
        const taken: string[] = [];
        for (const name of names)
          if (name !== MIGRATIONS && (await db.selectFrom(name).selectAll().limit(1).executeTakeFirst()))
            taken.push(name);
        const ours = (await tx.selectFrom(MIGRATIONS).select('name').execute()).map(({ name }) => name);
        const theirs = rows.filter(({ table }) => table === MIGRATIONS).map(({ row }) => String(row.name));
        const strange = [
          ...theirs.filter((name) => !ours.includes(name)),
          ...ours.filter((name) => !theirs.includes(name)),
        ];
        if (taken.length > 0 || strange.length > 0) return { taken, strange };
        for (const name of names) {
          const own = rows.filter(({ table }) => table === name && name !== MIGRATIONS).map(({ row }) => row);
          for (let done = 0; done < own.length; done += ROWS_TOGETHER)
            await db
              .insertInto(name)
              .values(own.slice(done, done + ROWS_TOGETHER))
              .execute();
        }
        return undefined;
      });
  } finally {
    await connection.destroy();
  }
}
