import type { pg } from './pg.ts';
import { isFull } from './postgres-faults.ts';

/** After so long a pool that was refused sessions tries for more; until then it does not knock at a database that is full. */
const MORE_AFTER_MS = 5_000;

/**
 * The sessions of a pool, `most` at a time. Others may use up what a database allows (`max_connections`, a limit of the role): then the pool
 * makes do with those that it has, for whom one waits in turn, and is away only where it has none.
 */
export class SessionRoom {
  readonly #pool: pg.Pool;
  readonly #most: number;
  readonly #open = new Set<pg.PoolClient>();
  #growing: NodeJS.Timeout | undefined;

  constructor(pool: pg.Pool, most: number) {
    this.#pool = pool;
    this.#most = most;
    pool.on('connect', (client) => this.#open.add(client));
    pool.on('remove', (client) => this.#open.delete(client));
  }

  async take(): Promise<pg.PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      if (!isFull(error) || this.#open.size === 0) throw error;
      this.#makeDo();
      return this.take();
    }
  }

  #makeDo(): void {
    this.#pool.options.max = this.#open.size;
    this.#growing ??= setTimeout(() => {
      this.#growing = undefined;
      this.#pool.options.max = this.#most;
    }, MORE_AFTER_MS).unref();
  }
}
