import Libsql from 'libsql';
import { asked, isHeldByAnother, opened } from './sqlite-faults.ts';

/** What is asked of a SQLite; libsql has the face of better-sqlite3. */
export interface SqliteFile {
  close(): void;
  prepare(sql: string): SqliteStatement;
  /** Where a transaction begins and ends. */
  exec(sql: 'begin' | 'begin immediate' | 'commit' | 'rollback'): void;
}

export interface SqliteStatement {
  readonly reader: boolean;
  all(parameters: readonly unknown[]): unknown[];
  run(parameters: readonly unknown[]): { changes: number | bigint };
}

/** Two programs may make one file at the same moment. */
const OPENING_MS = 5_000;

/** Statements kept ready: each that the server has, and those of its largest inserts. */
const STATEMENTS_KEPT = 256;

/**
 * Opens or creates a SQLite file: WAL, and an fsync at each commit, because an order is stored before it is sent and a
 * receipt lets a device forget. Another file of the same three functions can put better-sqlite3 or node:sqlite here. Throws
 * `database-down`, then and at each statement.
 */
export function openSqlite(path: string): SqliteFile {
  let line = lineTo(path, OPENING_MS);
  const unstick = () => {
    if (!line.isStuck || line.file.inTransaction) return;
    const stuck = line;
    line = lineTo(path, 0);
    stuck.file.close();
  };
  return {
    close: () => line.file.close(),
    prepare: (text) => {
      unstick();
      return line.ready(text);
    },
    exec: (text) => {
      unstick();
      // SQLite may roll back by itself what met a full disk, and there is no second time.
      if (text === 'rollback' && !line.file.inTransaction) return;
      asked(() => line.file.exec(text));
    },
  };
}

interface Line {
  file: InstanceType<typeof Libsql>;
  ready: (text: string) => SqliteStatement;
  /**
   * A statement met the lock of another program, which may happen outside of a transaction alone. libsql leaves it standing where it was, and
   * SQLite commits nothing behind it for as long as the file is open ("SQL statements in progress"): it is opened anew.
   */
  isStuck: boolean;
}

function lineTo(path: string, patience_ms: number): Line {
  const file = opened(() => new Libsql(path));
  const pragmas = [`busy_timeout = ${patience_ms}`, 'journal_mode = WAL', 'synchronous = FULL'];
  // From then on whoever asks waits, and nobody with him (sqlite-driver.ts).
  for (const pragma of [...pragmas, 'foreign_keys = ON', 'busy_timeout = 0'])
    asked(() => file.pragma(pragma));
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

/** The statement, its failures in our words. */
function told(statement: SqliteStatement, noticed: <T>(work: () => T) => T): SqliteStatement {
  return {
    reader: statement.reader,
    all: (parameters) => noticed(() => statement.all(parameters)),
    run: (parameters) => noticed(() => statement.run(parameters)),
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
