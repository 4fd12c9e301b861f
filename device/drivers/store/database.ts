import Libsql from 'libsql/promise';
import type { z } from 'zod';
import { DeviceError } from '../../errors.ts';

/** A value as SQLite keeps it. */
export type Value = string | number | null;

/** What libsql's untyped half gives us, as far as we use it. */
interface Statement {
  run(values: Value[]): Promise<{ changes: number }>;
  all(values: Value[]): Promise<unknown[]>;
}
interface Connection {
  prepare(sql: string): Promise<Statement>;
  exec(sql: string): Promise<void>;
  close(): void;
}

/**
 * One connection. Uses the asynchronous half of libsql, whose COMMIT, and so the fsync, runs on another thread: on a
 * tired SD card it can take seconds, and a stop must be heard meanwhile (F8). All errors are DeviceErrors.
 */
export class Database {
  readonly #connection: Connection;
  readonly #statements = new Map<string, Statement>();

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  async execute(sql: string): Promise<void> {
    await mapped(() => this.#connection.exec(sql));
  }

  /** Rows, each read with `schema`; a row that does not fit is damage. */
  async rows<T>(schema: z.ZodType<T>, sql: string, ...values: Value[]): Promise<T[]> {
    const rows = await mapped(async () => (await this.#statement(sql)).all(values));
    return rows.map((row) => {
      const read = schema.safeParse(row);
      if (!read.success) throw new DeviceError('store-failed', { sqlite: DAMAGED_ROW, sql });
      return read.data;
    });
  }

  async row<T>(schema: z.ZodType<T>, sql: string, ...values: Value[]): Promise<T | undefined> {
    return (await this.rows(schema, sql, ...values))[0];
  }

  /** Resolves to the number of rows changed. */
  async write(sql: string, ...values: Value[]): Promise<number> {
    return mapped(async () => (await (await this.#statement(sql)).run(values)).changes);
  }

  /** All of `work` or nothing of it is on the disk when this settles. Never nested; callers take turns. */
  async transaction<T>(work: () => Promise<T>): Promise<T> {
    await this.execute('BEGIN IMMEDIATE');
    try {
      const result = await work();
      await this.execute('COMMIT');
      return result;
    } catch (error) {
      // SQLite has rolled back by itself when the disk was full: the error that counts is the first one.
      await this.execute('ROLLBACK').catch(() => {});
      throw error;
    }
  }

  close(): void {
    this.#statements.clear();
    this.#connection.close();
  }

  async #statement(sql: string): Promise<Statement> {
    const held = this.#statements.get(sql) ?? (await this.#connection.prepare(sql));
    this.#statements.set(sql, held);
    return held;
  }
}

/** A technician's tool that looks in, or a process that is just ending, holds the file for moments. */
const BUSY_MS = 5_000;

/** Opens or creates a file. It may still turn out to be damaged at the first read. */
export async function connectDatabase(path: string): Promise<Database> {
  const connection: Connection = await mapped(async () => new Libsql(path, {}));
  const database = new Database(connection);
  await database.execute(`PRAGMA busy_timeout = ${BUSY_MS}`);
  return database;
}

/** Our own mark beside SQLite's codes: the database can be read, and holds what this program never wrote. */
export const DAMAGED_ROW = 'DAMAGED_ROW';
const FULL = new Set(['SQLITE_FULL']);
const DAMAGED = new Set(['SQLITE_CORRUPT', 'SQLITE_NOTADB', DAMAGED_ROW]);

/** Whether the bytes of the file are at fault, not the disk under it: then trying again is in vain. */
export function isDamage(error: unknown): boolean {
  return error instanceof DeviceError && DAMAGED.has(String(error.context.sqlite));
}

async function mapped<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    // Extended codes (SQLITE_CORRUPT_INDEX, SQLITE_IOERR_FSYNC) begin with the plain one.
    const sqlite = code.split('_').slice(0, 2).join('_');
    throw new DeviceError(FULL.has(sqlite) ? 'store-full' : 'store-failed', { sqlite, code }, error);
  }
}
