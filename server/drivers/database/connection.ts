import {
  CompiledQuery,
  Kysely,
  PostgresAdapter,
  PostgresDialect,
  type RawBuilder,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
  sql as sqlText,
  type Transaction,
} from 'kysely';
import { ServerError } from '../../errors.ts';
import type { SqliteFile } from './libsql.ts';
import type { PostgresPool } from './postgres.ts';
import type { Schema } from './schema.ts';
import { SqliteDriver } from './sqlite-driver.ts';

/** What Kysely has no words for; values are bound, never pasted. */
export const sql = sqlText;
export { CompiledQuery, type RawBuilder };

/** A connection, or a transaction on it: the tables work on either. */
export type Connection = Kysely<Schema> | Transaction<Schema>;

export function sqliteConnection(file: SqliteFile): Kysely<Schema> {
  return new Kysely<Schema>({
    dialect: {
      createDriver: () => new SqliteDriver(file),
      createAdapter: () => new SqliteAdapter(),
      createQueryCompiler: () => new SqliteQueryCompiler(),
      createIntrospector: (db) => new SqliteIntrospector(db),
    },
  });
}

export function postgresConnection(pool: PostgresPool): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new PostgresDialect({ pool }) });
}

export function isPostgres(db: Connection): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}

/**
 * Rows as one bound JSON value, to stand in a FROM under the name of `x`: the statement is the same text for one row and a
 * thousand, and goes to the database once.
 */
export function jsonRows(
  db: Connection,
  columns: Record<string, 'text' | 'bigint'>,
  rows: readonly object[],
): RawBuilder<unknown> {
  const json = JSON.stringify(rows);
  const names = Object.entries(columns);
  if (isPostgres(db))
    return sql`json_to_recordset(${json}::json) as x(${sql.raw(names.map(([name, type]) => `"${name}" ${type}`).join(', '))})`;
  const members = names.map(([name]) => `value->>'$.${name}' as "${name}"`).join(', ');
  return sql`(select ${sql.raw(members)} from json_each(${json})) as x`;
}

/** A member of a document that is kept as JSON text, as text again; null = the document or the member is not there. */
export function textOfMember(db: Connection, column: string, member: string): RawBuilder<string | null> {
  return isPostgres(db)
    ? sql`${sql.ref(column)}::json->>${sql.lit(member)}`
    : sql`${sql.ref(column)}->>${sql.lit(`$.${member}`)}`;
}

/** Ids as rows, each once: `x.id`. */
export function rowsOf(db: Connection, ids: readonly string[]): RawBuilder<unknown> {
  const json = JSON.stringify([...new Set(ids)]);
  return isPostgres(db)
    ? sql`json_array_elements_text(${json}::json) as x(id)`
    : sql`(select value as id from json_each(${json})) as x`;
}

/** Every table that is there, by name. */
export async function tableNames(db: Connection): Promise<string[]> {
  return (await db.introspection.getTables()).map(({ name }) => name).sort();
}

/** A connection on which a table is named by its text. */
export const untyped = (db: Connection) => db.withTables<Record<string, Record<string, unknown>>>();

/** Columns that SQLite would let grow: there a width says nothing, and a device may count beyond 32 bits. */
export async function narrowColumns(
  db: Connection,
): Promise<{ table: string; column: string; to: string }[]> {
  const { rows } = await sql<{ table: string; column: string; to: string }>`
    select table_name as "table", column_name as "column",
      case data_type when 'integer' then 'bigint' else 'text' end as "to"
    from information_schema.columns
    where table_schema = current_schema() and data_type in ('integer', 'character varying')`.execute(db);
  return rows;
}

/** The same where losing one value harms less than losing all beside it: undefined = it cannot be read. */
export function readableJson<T>(schema: { parse(value: unknown): T }, text: string): T | undefined {
  try {
    return schema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** A value kept as JSON text, parsed as strictly as one from outside: disks lie. Throws `data-invalid`. */
export function readJson<T>(schema: { parse(value: unknown): T }, text: string, what: string): T {
  try {
    return schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new ServerError('data-invalid', { context: { what }, cause });
  }
}
