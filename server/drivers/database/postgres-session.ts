import { untilAlone } from './collisions.ts';
import type { pg } from './pg.ts';
import { CopyIn } from './postgres-copy.ts';
import { fail, hasEnded, isAway, isUnheard } from './postgres-faults.ts';
import { unheardCommit } from './unheard-commit.ts';

/** What Kysely's PostgreSQL dialect asks of a session. */
export interface PostgresSession {
  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresResult<R>>;
  /** Rows a few at a time: Kysely can, nothing here does. */
  query<R>(cursor: Cursor<R>): Cursor<R>;
  release(): void;
}

interface PostgresResult<R> {
  command: 'UPDATE' | 'DELETE' | 'INSERT' | 'SELECT' | 'MERGE';
  rowCount: number;
  rows: R[];
}

interface Cursor<R> {
  read(rows: number): Promise<R[]>;
  close(): Promise<void>;
}

interface Needs {
  take: () => Promise<pg.PoolClient>;
  /** Sessions of the pool: so many may have ended unheard of, one after the other. */
  most: number;
  /** Told when it is given back. */
  leave?: (() => void) | undefined;
}

/**
 * A statement outside a transaction that met another is rolled back whole, and done again here: nobody else knows that it may be. One in a
 * transaction has ended that, which its owner does again from the start.
 */
export async function openSession(needs: Needs): Promise<PostgresSession> {
  return new Session(needs, await needs.take());
}

/** As Kysely writes them. */
const BEGINS = /^(begin|start transaction)\b/i;
const CHANGES_NOTHING = /^\s*(begin|start transaction|select)\b/i;

class Session implements PostgresSession {
  readonly #needs: Needs;
  #client: pg.PoolClient | undefined;
  #asked = 0;
  #taken = 1;
  #broken: Error | undefined;
  #inTransaction = false;

  constructor(needs: Needs, client: pg.PoolClient) {
    this.#needs = needs;
    this.#client = client;
  }

  query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresResult<R>>;
  query<R>(cursor: Cursor<R>): Cursor<R>;
  query(sql: unknown, parameters: readonly unknown[] = []): unknown {
    const text = String(sql);
    if (text === 'commit') return this.#commit();
    if (text === 'rollback') return this.#rollback();
    if (BEGINS.test(text)) this.#inTransaction = true;
    else if (!this.#inTransaction) return untilAlone(() => this.#ask(text, parameters));
    return this.#ask(text, parameters);
  }

  release(): void {
    this.#client?.release(this.#broken);
    this.#client = undefined;
    this.#needs.leave?.();
  }

  async #ask(text: string, parameters: readonly unknown[]): Promise<pg.QueryResult> {
    const isFirst = this.#asked++ === 0;
    try {
      return await this.#once(text, parameters);
    } catch (error) {
      // It ended while nobody used it, and nobody had heard: nothing was begun on it, and another will do.
      const mayMove = isFirst && CHANGES_NOTHING.test(text) && this.#taken <= this.#needs.most;
      if (!mayMove || !hasEnded(error)) return fail(error);
      await this.#takeAnother();
      return this.#ask(text, parameters);
    }
  }

  async #takeAnother(): Promise<void> {
    this.#client?.release(this.#broken);
    this.#client = undefined;
    this.#client = await this.#needs.take().catch(fail);
    this.#taken++;
    this.#asked = 0;
    this.#broken = undefined;
  }

  async #commit(): Promise<pg.QueryResult> {
    this.#inTransaction = false;
    try {
      return await this.#once('commit');
    } catch (error) {
      if (isUnheard(error)) throw unheardCommit(error, this.#backend());
      return fail(error);
    }
  }

  /** A session that is given up takes its transaction with it; why it was is what its owner has to hear. */
  async #rollback(): Promise<pg.QueryResult> {
    this.#inTransaction = false;
    if (this.#broken !== undefined && isUnheard(this.#broken)) return NO_ROWS;
    try {
      return await this.#once('rollback');
    } catch (error) {
      return this.#broken === undefined ? fail(error) : NO_ROWS;
    }
  }

  async #once(text: string, parameters: readonly unknown[] = []): Promise<pg.QueryResult> {
    try {
      return await asked(this.#client, text, parameters);
    } catch (error) {
      if (isAway(error)) this.#broken ??= error instanceof Error ? error : new Error(String(error));
      throw error;
    }
  }

  /** The process of PostgreSQL that serves it; the client has it, and its types have not. */
  #backend(): number {
    return (this.#client as { processID?: number | null } | undefined)?.processID ?? 0;
  }
}

/** A `copy` takes its rows, in its own text form, as the one parameter. */
function asked(
  client: pg.PoolClient | undefined,
  text: string,
  parameters: readonly unknown[],
): Promise<pg.QueryResult> {
  if (client === undefined) return Promise.reject(new Error('Connection terminated'));
  if (!text.startsWith('copy ')) return client.query(text, [...parameters]);
  const rows = Buffer.from(String(parameters[0]));
  return new Promise((resolve, reject) => {
    const done = (error?: Error | null) => (error ? reject(error) : resolve(NO_ROWS));
    client.query(new CopyIn(text, rows, done));
  });
}

const NO_ROWS: pg.QueryResult = { command: 'COPY', rowCount: null, oid: 0, rows: [], fields: [] };
