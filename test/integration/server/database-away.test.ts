import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../firmware-protocol/content/report.ts';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { ADMIN_PASSWORD, Town } from './town.ts';

/** F45, F46: PostgreSQL crashes and comes back while halls speak and people ask. */
describe.skipIf(!PostgresCluster.canRun)('while PostgreSQL is away', () => {
  let cluster: PostgresCluster;
  let town: Town;
  beforeAll(async () => {
    cluster = await PostgresCluster.found();
  });
  afterEach(() => town.close());
  afterAll(() => cluster.close());

  const WITHIN = { timeout: 15_000 };

  it('people are told, no report is receipted, and afterwards none is missing', async () => {
    town = await Town.found('embedded', { database: { postgres: cluster.database() } });
    const hall = await town.hall('hall-mae', '43010101');
    const { order } = await town.ask('push', { to: ['43'], text: 'น้ำป่าหลาก' });
    await vi.waitFor(() => expect(hall.orderIds()).toContain(order));
    const scrape = () =>
      fetch(`${town.server.httpUrl}/metrics`, {
        headers: { authorization: `Basic ${Buffer.from(`admin:${ADMIN_PASSWORD}`).toString('base64')}` },
      });
    const figures = await scrape();
    expect(figures.headers.get('content-type')).toContain('version=0.0.4');
    expect(await figures.text()).toContain('prakat_halls{presence="online"} 1\n');
    expect((await fetch(`${town.server.httpUrl}/metrics`)).status).toBe(401);
    await cluster.crash();
    expect((await scrape()).status).toBe(503);

    hall.did({ type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] });
    await hall.report();
    const refused = await town.answer('devices', '{}');
    expect(refused).toMatchObject({ status: 'error', error: { code: 'database-down' } });
    expect(hall.heard('/receipt')).toEqual([]);

    await cluster.start();
    const [report] = hall.reports;
    // What the server took and could not store it kept; the hall has not even sent it again.
    await vi.waitFor(
      () => expect(hall.heard('/receipt')).toMatchObject([{ up_to: 1, hash: report && hashOf(report) }]),
      WITHIN,
    );
    await vi.waitFor(
      async () => expect(await town.deliveries(order)).toEqual({ 'hall-mae': 'accepted' }),
      WITHIN,
    );
  });

  it('an order given before goes out by itself when the hall is known again', async () => {
    town = await Town.found('embedded', { database: { postgres: cluster.database() } });
    const hall = await town.hall('hall-mae', '43010101');
    hall.guest?.cut();
    await vi.waitFor(async () => expect((await town.row('hall-mae'))?.presence?.state).toBe('offline'));
    const { order } = await town.ask('push', { to: ['43'], text: 'ดินถล่ม' });
    await cluster.crash();
    // Nobody can be known while the accounts are away.
    await expect(hall.connect()).rejects.toThrow();
    await cluster.start();
    await vi.waitFor(() => hall.connect(), WITHIN);
    await vi.waitFor(() => expect(hall.orderIds()).toContain(order), WITHIN);
  });
});
