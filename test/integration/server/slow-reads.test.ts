import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { openPostgresWatch, type PostgresWatch } from '../../../server/drivers/database/postgres.ts';
import { Town } from './town.ts';

/** F46: reads that do not come back hold a pool; what is said to villages goes out all the same. */
describe.skipIf(!PostgresCluster.canRun)('a pool that is held by slow reads', () => {
  let cluster: PostgresCluster;
  let town: Town;
  let stranger: PostgresWatch;
  beforeAll(async () => {
    cluster = await PostgresCluster.found();
  });
  afterEach(async () => {
    await stranger.close();
    await town.close();
  });
  afterAll(() => cluster.close());

  it('lets an alert out at once, and tells who reads that there is too much to do', async () => {
    const postgres = { ...cluster.database(), connections: 4 };
    town = await Town.found('embedded', { database: { postgres } });
    const hall = await town.hall('hall-mae', '43010101');
    stranger = await openPostgresWatch(
      { ...postgres, port: 5_432 },
      'none',
      () => {},
      () => {},
    );
    // Each read of what halls measured now stands until this transaction ends.
    await stranger.query('begin');
    await stranger.query('lock table health in access exclusive mode');
    const reads = Array.from({ length: 12 }, (_, at) =>
      town.answer('health', JSON.stringify({ device: 'hall-mae', transaction: 1_000 + at }), 1_000 + at),
    );
    const statements = async () =>
      Number(
        (await stranger.query("select count(*) from pg_stat_activity where wait_event_type = 'Lock'"))[0]
          ?.count,
      );
    await vi.waitFor(async () => expect(await statements()).toBe(2), { timeout: 5_000 });

    const began = performance.now();
    const { order } = await town.ask('push', { to: ['43'], text: 'น้ำป่าไหลหลาก ขึ้นที่สูง', kind: 'alert' });
    await vi.waitFor(() => expect(hall.orderIds()).toContain(order), { timeout: 5_000 });
    expect(performance.now() - began).toBeLessThan(2_500);
    // What an emergency is looked at with is not held back either.
    expect(await town.deliveries(order)).toEqual({ 'hall-mae': 'sent' });
    expect(await statements()).toBe(2);

    const first = await Promise.race(reads);
    expect(first).toMatchObject({ status: 'error', error: { code: 'busy' } });
    await stranger.query('rollback');
    const answers = await Promise.all(reads);
    expect(answers.filter(({ status }) => status === 'ok').length).toBeGreaterThanOrEqual(2);
    expect(
      (await town.answer('health', JSON.stringify({ device: 'hall-mae', transaction: 2 }), 2)).status,
    ).toBe('ok');
  });
});
