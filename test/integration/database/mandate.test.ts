import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { openDatabaseOf } from '../../../server/drivers/database/database.ts';
import { fileMandate } from '../../../server/drivers/database/mandate-file.ts';
import { MANDATE_TIMES, PostgresMandate } from '../../../server/drivers/database/mandate-postgres.ts';
import { openPostgresWatch } from '../../../server/drivers/database/postgres.ts';
import { systemClock } from '../../../server/drivers/system-clock.ts';
import type { Clock } from '../../../server/ports.ts';
import { HandClock } from '../../unit/server/hand-clock.ts';
import { silent } from '../../unit/server/office.ts';
import { DatabaseSource } from './databases.ts';

/** F45: of several servers one sends, and one that was stopped knows when it wakes that it no longer does. */
describe.skipIf(!PostgresCluster.canRun)('the right to send, beside PostgreSQL', () => {
  let source: DatabaseSource;
  let postgres: ConstructorParameters<typeof PostgresMandate>[0]['config'];
  const open: PostgresMandate[] = [];
  beforeAll(async () => {
    source = await DatabaseSource.of('postgresql');
  });
  afterEach(async () => {
    await Promise.all(open.splice(0).map((mandate) => mandate.stop()));
  });
  afterAll(() => source.close());

  const found = async () => {
    const config = source.config();
    await (await openDatabaseOf(config)).close();
    if (config.database === 'sqlite') throw new Error('not PostgreSQL');
    postgres = config.database.postgres;
  };
  const candidate = async (clock: Clock = systemClock(), kick = () => {}) => {
    const mandate = new PostgresMandate({ config: postgres, clock, log: silent });
    open.push(mandate);
    await mandate.start(kick);
    return mandate;
  };
  const WITHIN = { timeout: 15_000 };

  it("is one server's, and goes over at once when it ends", async () => {
    await found();
    const [a, b] = [await candidate(), await candidate()];
    expect([await a.holds(), await b.holds()]).toEqual([true, false]);
    await a.stop();
    await vi.waitFor(async () => expect(await b.holds()).toBe(true), WITHIN);
    expect(await a.holds()).toBe(false);
  });

  it('goes over from one that was stopped, which does not have it when it wakes', async () => {
    await found();
    // Its timers stand still and its sessions stay open, as under SIGSTOP.
    const stopped = new HandClock();
    const a = await candidate(stopped);
    expect(await a.holds()).toBe(true);
    const b = await candidate();
    expect(await b.holds()).toBe(false);
    await vi.waitFor(async () => expect(await b.holds()).toBe(true), WITHIN);
    await stopped.advance(0);
    expect(await a.holds()).toBe(false);
  });

  it('is not believed longer than its lease, whatever the database says', async () => {
    await found();
    const clock = new HandClock();
    const a = await candidate(clock);
    await source.cluster?.crash();
    // No beat reached anybody since; the wall clock may say what it likes.
    await clock.advance(MANDATE_TIMES.lease_ms);
    expect(await a.holds()).toBe(false);
    await source.cluster?.start();
    await vi.waitFor(async () => {
      await clock.advance(MANDATE_TIMES.beat_ms);
      expect(await a.holds()).toBe(true);
    }, WITHIN);
  });

  it('comes back after a time in which the database could only be read', async () => {
    await found();
    const { database = '' } = postgres;
    const keeper = await openPostgresWatch(
      postgres,
      'none',
      () => {},
      () => {},
    );
    const clock = new HandClock();
    const told: string[] = [];
    const log = { ...silent, warn: (facts: object) => told.push(JSON.stringify(facts)) };
    const mandate = new PostgresMandate({ config: postgres, clock, log });
    open.push(mandate);
    await mandate.start(() => {});
    await keeper.query(`alter database ${database} set default_transaction_read_only = on`);
    await keeper.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
      [database],
    );
    await vi.waitFor(async () => {
      await clock.advance(MANDATE_TIMES.beat_ms);
      expect(told.join()).toContain('อ่านได้อย่างเดียว');
    }, WITHIN);
    await keeper.query(`alter database ${database} reset default_transaction_read_only`);
    await vi.waitFor(async () => {
      await clock.advance(MANDATE_TIMES.beat_ms);
      expect(await mandate.holds()).toBe(true);
    }, WITHIN);
    await keeper.close();
  });

  it('who has it hears at once that another stored something to send', async () => {
    await found();
    let kicked = 0;
    await candidate(systemClock(), () => {
      kicked++;
    });
    const b = await candidate();
    const before = kicked;
    await b.tell();
    await vi.waitFor(() => expect(kicked).toBeGreaterThan(before), WITHIN);
  });
});

describe('the right to send, beside SQLite', () => {
  it("is one server's a folder, until it ends", async () => {
    const folder = await mkdtemp(join(tmpdir(), 'prakat-lock-'));
    const first = fileMandate(folder);
    expect(() => fileMandate(folder)).toThrow('already-running');
    await first.stop();
    await fileMandate(folder).stop();
    await rm(folder, { recursive: true });
  });
});
