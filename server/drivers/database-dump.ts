import { join } from 'node:path';
import type { ServerConfig } from '../config.ts';
import { type Connection, sqliteConnection, tableNames, untyped } from './database-connection.ts';
import { migrate } from './database-migrations.ts';
import { openPostgresConnection } from './database-postgres.ts';
import { openSqlite } from './libsql.ts';

/** Rows written by one statement: the widest table stays below what a statement may bind. */
const ROWS_TOGETHER = 200;

/** Which server sends, and who is logged on, is of the running servers, not of the data. */
const NOT_DATA: ReadonlySet<string> = new Set(['dispatch_term', 'sessions']);
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
export async function* eachRow(config: ServerConfig): AsyncGenerator<DumpedRow> {
  const connection = await open(config);
  try {
    const tx = await connection.startTransaction().setIsolationLevel('serializable').execute();
    try {
      for (const table of await tableNames(tx)) {
        if (NOT_DATA.has(table)) continue;
        for (const row of await untyped(tx).selectFrom(table).selectAll().execute()) yield { table, row };
      }
    } finally {
      // Nothing was written.
      await tx.rollback().execute();
    }
  } finally {
    await connection.destroy();
  }
}

/** Why rows were not written: tables with rows in them, or migrations that one side has and the other does not. */
export interface Refused {
  taken: string[];
  strange: string[];
}

/** What would keep these rows out; writes nothing. */
export async function whyNotFilled(config: ServerConfig, rows: DumpedRow[]): Promise<Refused | undefined> {
  const connection = await open(config);
  try {
    return await connection.transaction().execute((tx) => refusalOf(tx, rows));
  } finally {
    await connection.destroy();
  }
}

/** Writes rows into an empty database, all or none. */
export async function fill(config: ServerConfig, rows: DumpedRow[]): Promise<Refused | undefined> {
  const connection = await open(config);
  try {
    return await connection
      .transaction()
      .setIsolationLevel('serializable')
      .execute(async (tx) => {
        const refused = await refusalOf(tx, rows);
        if (refused !== undefined) return refused;
        const db = untyped(tx);
        for (const name of await dataTables(tx)) {
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

async function dataTables(tx: Connection): Promise<string[]> {
  return (await tableNames(tx)).filter((name) => !NOT_DATA.has(name));
}

async function refusalOf(tx: Connection, rows: DumpedRow[]): Promise<Refused | undefined> {
  const db = untyped(tx);
  const taken: string[] = [];
  for (const name of await dataTables(tx))
    if (name !== MIGRATIONS && (await db.selectFrom(name).selectAll().limit(1).executeTakeFirst()))
      taken.push(name);
  const ours = (await tx.selectFrom(MIGRATIONS).select('name').execute()).map(({ name }) => name);
  const theirs = rows.filter(({ table }) => table === MIGRATIONS).map(({ row }) => String(row.name));
  const strange = [
    ...theirs.filter((name) => !ours.includes(name)),
    ...ours.filter((name) => !theirs.includes(name)),
  ];
  return taken.length > 0 || strange.length > 0 ? { taken, strange } : undefined;
}
