import type { PostgresConfig } from '../../config.ts';
import { isServerError } from '../../errors.ts';
import type { Clock, Log, Mandate } from '../../ports.ts';
import { openPostgresWatch, type PostgresWatch } from './postgres.ts';

export const MANDATE_TIMES = {
  /** Between two signs of life, or two tries. */
  beat_ms: 1_000,
  /** A confirmation as fresh as this is enough for one more order: a burst does not ask for each. */
  fresh_ms: 250,
  /** Who heard no confirmation for so long has it no more... */
  lease_ms: 4_000,
  /** ...well before another takes it over: clocks may run apart by a fifth. */
  stale_ms: 5_000,
} as const;

/** Ours among the advisory locks of the database. "prad" in ASCII. */
const LOCK = 0x70726164;
const CHANNEL = 'prakat_dispatch';
const NOW_MS = '(extract(epoch from clock_timestamp()) * 1000)::bigint';

interface Needs {
  config: PostgresConfig;
  clock: Clock;
  log: Log;
}

/**
 * One sender among the servers on one database (F45). A session-level advisory lock says who, so that the end of a process frees it at once;
 * a term that only grows, and a lease that the holder keeps confirming, say that one who was stopped and wakes up is no longer
 * it: the others end his session and take the next term, after his own lease has run out.
 */
export class PostgresMandate implements Mandate {
  readonly #needs: Needs;
  #watch: PostgresWatch | undefined;
  #kick: () => void = () => {};
  #term: number | undefined;
  #confirmedAt = 0;
  #cancel: (() => void) | undefined;
  #beating: Promise<void> = Promise.resolve();
  #running = false;
  /** Why nothing could be asked when it was last tried. */
  #away: string | undefined;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  async start(kick: () => void): Promise<void> {
    this.#kick = kick;
    this.#running = true;
    await this.#beat();
  }

  async holds(): Promise<boolean> {
    const { clock } = this.#needs;
    if (this.#term !== undefined && clock.monotonic() - this.#confirmedAt > MANDATE_TIMES.fresh_ms)
      await this.#renew().catch(() => {});
    return this.#term !== undefined && clock.monotonic() - this.#confirmedAt < MANDATE_TIMES.lease_ms;
  }

  async tell(): Promise<void> {
    // Unheard, it is found at the next round.
    await this.#watch?.query('select pg_notify($1, $2)', [CHANNEL, '']).catch(() => {});
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancel?.();
    await this.#beating;
    await this.#watch?.close();
    this.#watch = undefined;
    this.#term = undefined;
  }

  #beat(): Promise<void> {
    this.#beating = this.#liveOn()
      .then(() => {
        this.#away = undefined;
      })
      .catch((error: unknown) => this.#complain(error))
      .then(() => {
        if (this.#running)
          this.#cancel = this.#needs.clock.after(MANDATE_TIMES.beat_ms, () => void this.#beat());
      });
    return this.#beating;
  }

  /** Tried again each second, and told again only when it is for something else. */
  #complain(error: unknown): void {
    const { log } = this.#needs;
    if (!isServerError(error, 'database-down')) {
      log.error({ error }, 'the right to send is unclear');
      return;
    }
    if (error.message === this.#away) return;
    this.#away = error.message;
    log.warn({ error }, 'the database is away; orders wait for the right to send');
  }

  async #liveOn(): Promise<void> {
    const heard = () => this.#kick();
    this.#watch ??= await openPostgresWatch(this.#needs.config, CHANNEL, heard, () =>
      this.#lost('its session ended'),
    );
    try {
      if (this.#term === undefined) await this.#take(this.#watch);
      else await this.#renew();
    } catch (error) {
      // One that was opened while the database could only be read stays so; the next may not be.
      this.#lost('its session fails');
      throw error;
    }
  }

  async #take(watch: PostgresWatch): Promise<void> {
    const asked = this.#needs.clock.monotonic();
    const [lock] = await watch.query('select pg_try_advisory_lock($1) as got', [LOCK]);
    if (lock?.got !== true) {
      await watch.query(
        `select pg_terminate_backend(backend::int) from dispatch_term where renewed_at < ${NOW_MS} - $1`,
        [MANDATE_TIMES.stale_ms],
      );
      return;
    }
    const [row] = await watch.query(
      `insert into dispatch_term (id, term, backend, renewed_at) values (1, 1, pg_backend_pid(), ${NOW_MS})
       on conflict (id) do update set term = dispatch_term.term + 1, backend = excluded.backend, renewed_at = excluded.renewed_at
       returning term`,
    );
    this.#term = Number(row?.term);
    this.#confirmedAt = asked;
    this.#needs.log.info({ term: this.#term }, 'this server sends orders now');
    this.#kick();
  }

  async #renew(): Promise<void> {
    const asked = this.#needs.clock.monotonic();
    const rows = await this.#watch?.query(
      `update dispatch_term set renewed_at = ${NOW_MS} where term = $1 returning term`,
      [this.#term],
    );
    if (rows?.length === 1) this.#confirmedAt = Math.max(this.#confirmedAt, asked);
    else this.#lost('another server took the next term');
  }

  #lost(why: string): void {
    const watch = this.#watch;
    this.#watch = undefined;
    if (this.#term !== undefined)
      this.#needs.log.warn({ term: this.#term, why }, 'this server sends no orders now');
    this.#term = undefined;
    // With the session goes the lock, if it still had it.
    void watch?.close().catch(() => {});
  }
}
