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

/** Statements kept ready: each that the server has, and those of its largest inserts. */
const STATEMENTS_KEPT = 256;

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
  return { close: () => file.close(), prepare: keeping((text) => file.prepare(text)) };
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
