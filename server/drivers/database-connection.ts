import { Kysely, SqliteDialect, sql as sqlText, type Transaction } from 'kysely';
import { ServerError } from '../errors.ts';
import type { Schema } from './database-schema.ts';
import type { SqliteFile } from './libsql.ts';

/** What Kysely has no words for; values are bound, never pasted. */
export const sql = sqlText;

/** A connection, or a transaction on it: the tables work on either. */
export type Connection = Kysely<Schema> | Transaction<Schema>;

export function sqliteConnection(file: SqliteFile): Kysely<Schema> {
  return new Kysely<Schema>({ dialect: new SqliteDialect({ database: file }) });
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
