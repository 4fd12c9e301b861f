import { setTimeout as wait } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Report, ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { isServerError } from '../../../server/errors.ts';
import type { StoredUpTo } from '../../../server/fleet/report-ledger.ts';
import type { Database } from '../../../server/tables.ts';
import {
  addHall,
  announceTo,
  asked,
  batchOf,
  chain,
  type Hall,
  openOffice,
} from '../../unit/server/office.ts';
import { DatabaseSource } from './databases.ts';
import { ledgersOf } from './ledgers.ts';

const SERVERS = 3;
const HALLS = 60;
const CRASHES = 2;
/** A hall asks again until its reports are receipted. */
const AGAIN_MS = 50;

/** F45: every session is cut in the midst of a storm, and nothing is written out. */
describe.skipIf(!PostgresCluster.canRun)(
  'PostgreSQL crashes while many halls speak to several servers',
  () => {
    let source: DatabaseSource;
    let cluster: PostgresCluster;
    beforeAll(async () => {
      source = await DatabaseSource.of('postgresql');
      if (source.cluster === undefined) throw new Error('no PostgreSQL');
      cluster = source.cluster;
    });
    afterAll(() => source.close());

    it('what was receipted is there, and all that was said is, once', async () => {
      const config = source.config();
      const servers: Database[] = [];
      while (servers.length < SERVERS) servers.push(await source.open(config));
      const [db] = servers;
      if (db === undefined) throw new Error('no server');
      const { dispatcher, clock } = await openOffice(db);
      const ledgers = ledgersOf(servers, dispatcher);
      const halls: Hall[] = [];
      for (let at = 0; at < HALLS; at++)
        halls.push(await addHall(db, `hall-${at}`, `43${String(at).padStart(6, '0')}`));
      const { order } = await dispatcher.send(announceTo(clock, ['43']));

      let turn = 0;
      let away = 0;
      let receipts = 0;
      const receipt = async (hall: Hall, reports: Report[]): Promise<StoredUpTo | undefined> => {
        for (;;)
          try {
            return await ledgers[turn++ % SERVERS]?.take(hall.record, batchOf(hall, reports));
          } catch (error) {
            if (!isServerError(error, 'database-down')) throw error;
            away++;
            await wait(AGAIN_MS);
          }
      };
      const storm = halls.map(async (hall) => {
        for (const report of chain(playOf(order.id))) {
          const stored = await receipt(hall, [report]);
          expect(stored?.n).toBe(report.n);
          receipts++;
        }
      });
      for (let crash = 1; crash <= CRASHES; crash++) {
        await expect
          .poll(() => receipts, { timeout: 30_000 })
          .toBeGreaterThan((crash * HALLS * 6) / (CRASHES + 1));
        await cluster.crash();
        const before = receipts;
        await cluster.start();
        const counts = await db.reports.counts('43');
        expect([...counts.values()].reduce((sum, count) => sum + count, 0)).toBeGreaterThanOrEqual(before);
      }
      await Promise.all(storm);
      expect(away).toBeGreaterThan(0);
      const counts = await db.reports.counts('43');
      expect([...counts.values()]).toEqual(halls.map(() => playOf(order.id).length));
      const { orders } = db;
      for (;;) if (!(await db.amongOthers((tables) => tables.orders.writeRows(1_000)))) break;
      expect((await orders.get(order.id))?.published).toBe(true);
      expect((await dispatcher.progress(asked(order.id)))?.fates).toEqual({ finished: HALLS });
    });
  },
);

function playOf(order: string): ReportEvent[] {
  const own = { play: order, output: 'panel' } as const;
  const spoken: ReportEvent[] = Array.from({ length: 3 }, () => ({
    type: 'booted',
    version: '1',
    clean: true,
  }));
  return [
    ...spoken,
    { type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] },
    { type: 'started', ...own, band: 60, title: 'น้ำท่วม' },
    {
      ...{ type: 'ended', ...own, outcome: 'finished', ended_at: '2026-11-13T09:01:00.000+07:00' },
      panel: { pages: 1, crc: '333dd022', board_crc: '333dd022', ms: 60_000 },
    },
  ];
}
