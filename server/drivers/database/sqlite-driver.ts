import { setTimeout as wait } from 'node:timers/promises';
import type { SqliteFile, SqliteStatement } from './libsql.ts';
import { isHeldByAnother } from './sqlite-faults.ts';

const HELD = {
  /** A program beside the server writes for a moment; longer than this, whoever waits is told that it holds the file. */
  atMost_ms: 5_000,
  /** Between two looks at the lock; of all that wait together. */
  again_ms: 20,
} as const;

interface Query {
  sql: string;
  parameters: readonly unknown[];
}

interface Result<R> {
  rows: R[];
  numAffectedRows?: bigint;
}

/** What Kysely asks of a connection. */
interface SqliteConnection {
  executeQuery<R>(query: Query): Promise<Result<R>>;
  streamQuery<R>(query: Query): AsyncIterableIterator<Result<R>>;
}

/**
 * One SQLite file for Kysely, whose own driver would stand still in the lock of another program for as long as SQLite may wait, and the
 * whole server with it. Here SQLite never waits: who meets that lock lets others have the file, and looks again. It is met in one place alone,
 * where a transaction begins, so that what has begun ends.
 */
export class SqliteDriver {
  readonly #file: SqliteFile;
  readonly #turns = new Turns();
  #isInTransaction = false;
  /** Before then nobody tries the lock of another program again. */
  #notBefore = 0;

  constructor(file: SqliteFile) {
    this.#file = file;
  }

  readonly #connection: SqliteConnection = {
    executeQuery: async <R>({ sql, parameters }: Query) => {
      const statement = this.#file.prepare(sql);
      if (this.#isInTransaction) return resultOf<R>(statement, parameters);
      if (statement.reader) return this.#onceFree(() => resultOf<R>(statement, parameters), { reads: true });
      await this.#begin(WRITES);
      return this.#ended(() => resultOf<R>(statement, parameters));
    },
    // Kysely can, nothing here does.
    streamQuery: () => {
      throw new TypeError('SQLite: rows are not streamed');
    },
  };

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    await this.#turns.take();
    return this.#connection;
  }

  /** Whoever will write takes the lock at once: one that is met in the middle could only be begun anew. */
  async beginTransaction(_own: unknown, { accessMode }: { accessMode?: string }): Promise<void> {
    await this.#begin(accessMode === 'read only' ? READS : WRITES);
    this.#isInTransaction = true;
  }

  async commitTransaction(): Promise<void> {
    this.#file.exec('commit');
    this.#isInTransaction = false;
  }

  async rollbackTransaction(): Promise<void> {
    this.#isInTransaction = false;
    this.#file.exec('rollback');
  }

  async releaseConnection(): Promise<void> {
    this.#turns.giveBack();
  }

  async destroy(): Promise<void> {
    this.#file.close();
  }

  #begin(how: typeof READS | typeof WRITES): Promise<void> {
    return this.#onceFree(() => this.#file.exec(how));
  }

  /** All of one statement or nothing. */
  #ended<T>(work: () => T): T {
    try {
      const done = work();
      this.#file.exec('commit');
      return done;
    } catch (error) {
      this.#file.exec('rollback');
      throw error;
    }
  }

  /** Rejects `database-down` where another program holds the file for too long. What reads seldom meets the lock, and tries at once. */
  async #onceFree<T>(work: () => T, { reads = false } = {}): Promise<T> {
    for (const began = performance.now(); ; ) {
      const now = performance.now();
      const isLast = now - began >= HELD.atMost_ms;
      if (reads || isLast || now >= this.#notBefore)
        try {
          return work();
        } catch (error) {
          if (!isHeldByAnother(error) || isLast) throw error;
          this.#notBefore = now + HELD.again_ms;
        }
      this.#turns.giveBack();
      await wait(HELD.again_ms);
      await this.#turns.take();
    }
  }
}

const WRITES = 'begin immediate';
const READS = 'begin';

function resultOf<R>(statement: SqliteStatement, parameters: readonly unknown[]): Result<R> {
  if (statement.reader) return { rows: statement.all(parameters) as R[] };
  return { rows: [], numAffectedRows: BigInt(statement.run(parameters).changes) };
}

/** There is one connection: whoever has it has the file to himself, and the next in line has it after him. */
class Turns {
  readonly #waiting: (() => void)[] = [];
  #isTaken = false;

  async take(): Promise<void> {
    if (this.#isTaken) await new Promise<void>((goOn) => this.#waiting.push(goOn));
    this.#isTaken = true;
  }

  giveBack(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#isTaken = false;
    else next();
  }
}
