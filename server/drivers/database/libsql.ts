import Libsql from 'libsql';
import { asked, isHeldByAnother, opened } from './sqlite-faults.ts';

/** What Kysely's SQLite dialect asks of better-sqlite3; libsql has the same face. */
export interface SqliteFile {
  close(): void;
  prepare(sql: string): SqliteStatement;
}

export interface SqliteStatement {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  iterate(parameters: readonly unknown[]): IterableIterator<unknown>;
}

/** Statements kept ready: each that the server has, and those of its largest inserts. */
const STATEMENTS_KEPT = 256;

/**
 * Opens or creates a SQLite file: WAL, and an fsync at each commit, because an order is stored before it is sent and a
 * receipt lets a device forget. Another file of the same three functions can put better-sqlite3 or node:sqlite here. Throws
 * `database-down`, then and at each statement.
 */
export function openSqlite(path: string): SqliteFile {
  const file = opened(() => new Libsql(path));
  const pragmas = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000'];
  for (const pragma of pragmas) asked(() => file.pragma(pragma));
  const ready = keeping((text) => asked(() => told(file.prepare(text))));
  return {
    close: () => file.close(),
    // SQLite may roll back by itself what met a full disk, and there is no second time.
    prepare: (text) => (text === 'rollback' && !file.inTransaction ? NOTHING : ready(text)),
  };
}

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

/** The statement, its failures in our words. */
function told(statement: SqliteStatement): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => asked(() => statement.all(parameters)),
    run: (parameters) => asked(() => statement.run(parameters)),
    iterate: (parameters) => asked(() => statement.iterate(parameters)),
  };
}

/** A statement is read and planned once, not at each use; SQLite itself does so again when the tables have changed. */
function keeping(prepare: (text: string) => SqliteStatement): (text: string) => SqliteStatement {
  const kept = new Map<string, SqliteStatement>();
  return (text) => {
    const statement = kept.get(text) ?? prepare(text);
    // The last used stands last.
    kept.delete(text);
    kept.set(text, statement);
    const [oldest] = kept.keys();
    if (kept.size > STATEMENTS_KEPT && oldest !== undefined) kept.delete(oldest);
    return statement;
  };
}

/** Holds a file against all other processes and callers until it is given back; undefined = another holds it. Throws `database-down`. */
export function lockSqlite(path: string): (() => void) | undefined {
  const file = opened(() => new Libsql(path));
  try {
    file.pragma('busy_timeout = 0');
    asked(() => file.exec('BEGIN EXCLUSIVE'));
  } catch (error) {
    file.close();
    if (isHeldByAnother(error)) return undefined;
    throw error;
  }
  return () => {
    file.exec('ROLLBACK');
    file.close();
  };
}
