import { join } from 'node:path';
import type { ServerConfig } from '../../config.ts';
import { type Connection, isPostgres, sql, sqliteConnection, tableNames, untyped } from './connection.ts';
import { openSqlite } from './libsql.ts';
import { migrate } from './migrations.ts';
import { openPostgresConnection } from './postgres-database.ts';

/** Rows written by one statement: the widest table stays below what a statement may bind. */
const ROWS_TOGETHER = 200;
/** Rows read at once: a nation's reports are millions, and the longest row is an alert of 6 MB. */
const ROWS_READ = 100;

/** Which server sends, and who is logged on, is of the running servers, not of the data. */
const NOT_DATA: ReadonlySet<string> = new Set(['dispatch_term', 'sessions']);
/** Its rows say which tables the others lie in. */
export const MIGRATIONS = 'migrations';

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
    // Of one moment, and in nobody's way: a serialisable one would make others start over for what it has read.
    const tx = await connection
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute();
    try {
      for (const table of await tableNames(tx)) {
        if (NOT_DATA.has(table)) continue;
        for await (const row of rowsOf(tx, table)) yield { table, row };
      }
    } finally {
      // Nothing was written.
      await tx.rollback().execute();
    }
  } finally {
    await connection.destroy();
  }
}

/** All rows of a table, a few at a time: by the rowid of SQLite, by a cursor of PostgreSQL. */
async function* rowsOf(tx: Connection, table: string): AsyncGenerator<Record<string, unknown>> {
  if (isPostgres(tx)) {
    await sql`declare backup_rows no scroll cursor for select * from ${sql.table(table)}`.execute(tx);
    for (;;) {
      const { rows } = await sql<
        Record<string, unknown>
      >`fetch ${sql.lit(ROWS_READ)} from backup_rows`.execute(tx);
      yield* rows;
      if (rows.length < ROWS_READ) break;
    }
    await sql`close backup_rows`.execute(tx);
    return;
  }
  for (let last = 0; ; ) {
    const { rows } = await sql<Record<string, unknown> & { backup_rowid: number }>`
      select rowid as backup_rowid, * from ${sql.table(table)} where rowid > ${last} order by rowid limit ${ROWS_READ}`.execute(
      tx,
    );
    for (const { backup_rowid: rowid, ...row } of rows) {
      last = rowid;
      yield row;
    }
    if (rows.length < ROWS_READ) return;
  }
}

/** Why rows were not written: tables with rows in them, or migrations that one side has and the other does not. */
export interface Refused {
  taken: string[];
  strange: string[];
}

/** What would keep rows of these migrations out; writes nothing. */
export async function whyNotFilled(config: ServerConfig, migrations: string[]): Promise<Refused | undefined> {
  const connection = await open(config);
  try {
    return await connection.transaction().execute((tx) => refusalOf(tx, migrations));
  } finally {
    await connection.destroy();
  }
}

/** Writes rows into an empty database, as they come, all or none. */
export async function fill(
  config: ServerConfig,
  migrations: string[],
  rows: AsyncIterable<DumpedRow>,
): Promise<Refused | undefined> {
  const connection = await open(config);
  try {
    return await connection
      .transaction()
      .setIsolationLevel('serializable')
      .execute(async (tx) => {
        const refused = await refusalOf(tx, migrations);
        if (refused !== undefined) return refused;
        const known = new Set(await dataTables(tx));
        for await (const { table, batch } of batchesOf(rows))
          if (known.has(table) && table !== MIGRATIONS)
            await untyped(tx).insertInto(table).values(batch).execute();
        return undefined;
      });
  } finally {
    await connection.destroy();
  }
}

/** Rows of one table that follow each other, at most so many as one statement takes. */
async function* batchesOf(
  rows: AsyncIterable<DumpedRow>,
): AsyncGenerator<{ table: string; batch: Record<string, unknown>[] }> {
  let [table, batch]: [string, Record<string, unknown>[]] = ['', []];
  for await (const each of rows) {
    if (batch.length > 0 && (each.table !== table || batch.length === ROWS_TOGETHER)) {
      yield { table, batch };
      batch = [];
    }
    table = each.table;
    batch.push(each.row);
  }
  if (batch.length > 0) yield { table, batch };
}

async function dataTables(tx: Connection): Promise<string[]> {
  return (await tableNames(tx)).filter((name) => !NOT_DATA.has(name));
}

async function refusalOf(tx: Connection, theirs: string[]): Promise<Refused | undefined> {
  const db = untyped(tx);
  const taken: string[] = [];
  for (const name of await dataTables(tx))
    if (name !== MIGRATIONS && (await db.selectFrom(name).selectAll().limit(1).executeTakeFirst()))
      taken.push(name);
  const ours = (await tx.selectFrom(MIGRATIONS).select('name').execute()).map(({ name }) => name);
  const strange = [
    ...theirs.filter((name) => !ours.includes(name)),
    ...ours.filter((name) => !theirs.includes(name)),
  ];
  return taken.length > 0 || strange.length > 0 ? { taken, strange } : undefined;
}
