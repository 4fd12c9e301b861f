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
  let line = lineTo(path);
  return {
    close: () => line.file.close(),
    prepare: (text) => {
      if (line.isStuck && !line.file.inTransaction) {
        const stuck = line;
        line = lineTo(path);
        stuck.file.close();
      }
      // SQLite may roll back by itself what met a full disk, and there is no second time.
      return text === 'rollback' && !line.file.inTransaction ? NOTHING : line.ready(text);
    },
  };
}

interface Line {
  file: InstanceType<typeof Libsql>;
  ready: (text: string) => SqliteStatement;
  /**
   * A statement met the lock of another program. libsql leaves it standing where it was, and SQLite commits nothing behind it for as
   * long as the file is open ("SQL statements in progress"): it is opened anew.
   */
  isStuck: boolean;
}

function lineTo(path: string): Line {
  const file = opened(() => new Libsql(path));
  const pragmas = ['journal_mode = WAL', 'synchronous = FULL', 'foreign_keys = ON', 'busy_timeout = 5000'];
  for (const pragma of pragmas) asked(() => file.pragma(pragma));
  const noticed = <T>(work: () => T): T => {
    try {
      return asked(work);
    } catch (error) {
      line.isStuck ||= isHeldByAnother(error);
      throw error;
    }
  };
  const ready = keeping((text) => noticed(() => told(file.prepare(text), noticed)));
  const line: Line = { file, ready, isStuck: false };
  return line;
}

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [].values(),
};

/** The statement, its failures in our words. */
function told(statement: SqliteStatement, noticed: <T>(work: () => T) => T): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => noticed(() => statement.all(parameters)),
    run: (parameters) => noticed(() => statement.run(parameters)),
    iterate: (parameters) => noticed(() => statement.iterate(parameters)),
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
