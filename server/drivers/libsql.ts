import Libsql from 'libsql';

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

/**
 * Opens or creates a SQLite file: WAL, and an fsync at each commit, because an order is stored before it is sent and a
 * receipt lets a device forget. Another file of the same three functions can put better-sqlite3 or node:sqlite here.
 */
export function openSqlite(path: string): SqliteFile {
  const file = new Libsql(path);
  file.pragma('journal_mode = WAL');
  file.pragma('synchronous = FULL');
  file.pragma('foreign_keys = ON');
  file.pragma('busy_timeout = 5000');
  return file;
}

/** Holds a file against all other processes and callers until it is given back; undefined = another holds it. */
export function lockSqlite(path: string): (() => void) | undefined {
  const file = new Libsql(path);
  try {
    file.pragma('busy_timeout = 0');
    file.exec('BEGIN EXCLUSIVE');
  } catch {
    file.close();
    return undefined;
  }
  return () => {
    file.exec('ROLLBACK');
    file.close();
  };
}
