import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOf, type Report, type ReportEvent } from '../../../firmware-protocol/content/report.ts';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import type { ServerConfig } from '../../../server/config.ts';
import { sql } from '../../../server/drivers/database/connection.ts';
import { openPostgresConnection } from '../../../server/drivers/database/postgres-database.ts';
import type { ReportLedger } from '../../../server/fleet/report-ledger.ts';
import type { Database, Tables } from '../../../server/tables.ts';
import {
  addHall,
  announceTo,
  asked,
  batchOf,
  chain,
  type Hall,
  type Office,
  openOffice,
  stopOf,
} from '../../unit/server/office.ts';
import { DatabaseSource } from './databases.ts';
import { ledgersOf } from './ledgers.ts';

const SERVERS = 3;
const HALLS = 240;
/** A hall says that it took the order, began and ended, a batch at a time. */
const STEPS = 3;
const ROUNDS = 10;

/** F45. `$share` gives the mail of one hall to whichever server is next; what was not receipted in time comes to two of them. */
describe.skipIf(!PostgresCluster.canRun)('one database under several servers', () => {
  let source: DatabaseSource;
  let config: ServerConfig;
  let servers: Database[];
  let ledgers: ReportLedger[];
  let office: Office;
  let halls: Hall[];

  beforeAll(async () => {
    source = await DatabaseSource.of('postgresql');
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    config = source.config();
    servers = [];
    while (servers.length < SERVERS) servers.push(await source.open(config));
    const [db] = servers;
    if (db === undefined) throw new Error('no server');
    office = await openOffice(db);
    const { dispatcher } = office;
    ledgers = ledgersOf(servers, dispatcher);
    halls = [];
    for (let at = 0; at < HALLS; at++)
      halls.push(await addHall(db, `hall-${at}`, `43${String(at % 40).padStart(6, '0')}`));
  });

  /** What has come in each other's way since the last look. */
  const met = async () => {
    if (config.database === 'sqlite') throw new Error('not on PostgreSQL');
    const own = await openPostgresConnection(config.database.postgres);
    await sql`select pg_stat_clear_snapshot(), pg_stat_force_next_flush()`.execute(own);
    const { rows } = await sql<{ undone: number; deadlocks: number }>`
      select xact_rollback as undone, deadlocks from pg_stat_database where datname = current_database()`.execute(
      own,
    );
    await own.destroy();
    return rows[0];
  };
  const stored = () =>
    ledgers
      .map((ledger) => ledger.stored())
      .reduce((sum, { items, groups }) => ({ items: sum.items + items, groups: sum.groups + groups }));
  const send = async () => (await office.dispatcher.send(announceTo(office.clock, ['43']))).order.id;

  it('keeps each report once, knows each answer, and nobody is in the way of another', async () => {
    const order = await send();
    let batches = 0;
    let turn = 0;
    const told = async (hall: Hall, reports: Report[]) => {
      const payload = batchOf(hall, reports);
      // Each third comes to two servers at once.
      const to = batches++ % 3 === 0 ? 2 : 1;
      const receipts = Array.from({ length: to }, () =>
        ledgers[turn++ % SERVERS]?.take(hall.record, payload),
      );
      const last = reports.at(-1);
      expect(await Promise.all(receipts)).toEqual(Array(to).fill({ n: last?.n, hash: last && hashOf(last) }));
    };
    await Promise.all([
      ...halls.map(async (hall) => {
        const reports = chain(playOf(order));
        for (let from = 0; from < reports.length; from += STEPS)
          await told(hall, reports.slice(from, from + STEPS));
      }),
      writeRows(),
    ]);
    const counts = await office.db.reports.counts('43');
    expect([...counts.values()]).toEqual(halls.map(() => playOf(order).length));
    expect((await office.dispatcher.progress(asked(order)))?.fates).toEqual({ finished: HALLS });
    const { groups, items } = stored();
    // By the page: one that met another would have been torn into its batches.
    expect(items / groups).toBeGreaterThan(10);
    expect(await met()).toEqual({ undone: 0, deadlocks: 0 });
  });

  it('all that changes many halls and deliveries at a time goes beside all else, in no ring', async () => {
    const order = await send();
    await writeRows();
    const { dispatcher, clock } = office;
    const { order: stop } = await dispatcher.send(stopOf(clock, ['43'], order));
    const now = clock.wall();
    const ids = halls.map(({ id }) => id);
    const accepted = (play: string) => (tables: Tables) =>
      dispatcher.heard(
        tables,
        mixed(ids).map((device) => ({
          device,
          event: { type: 'accepted', play, kind: 'announce', outputs: ['panel'] },
        })),
      );
    const works: ((db: Database) => Promise<unknown>)[] = [
      (db) => db.devices.presences(new Map(mixed(ids).map((id) => [id, { state: 'online', boot: 2 }]))),
      (db) => db.devices.seen(new Map(mixed(ids).map((id) => [id, now]))),
      (db) => db.devices.allOffline(),
      (db) =>
        db.standings.put(
          mixed(ids).map((device) => ({
            device,
            standing: 'working' as const,
            since: now,
            outputs: undefined,
          })),
        ),
      (db) =>
        db.standings.putHeld(
          ids,
          mixed(ids).map((device) => ({ device, area: '43', version: 1, since: now })),
        ),
      (db) => db.deliveries.wake(mixed(ids), now),
      (db) => db.deliveries.hurry(order, ['4300'], now),
      (db) => db.amongOthers(({ orders }) => orders.published(order, now)),
      (db) => db.amongOthers(({ orders }) => orders.writeRows(20)),
      (db) => db.amongOthers(accepted(order)),
      (db) => db.amongOthers(accepted(stop.id)),
      (db) => db.amongOthers(({ devices }) => devices.chains(mixed(ids))),
    ];
    await Promise.all(
      works.flatMap((work) =>
        servers.map(async (db) => {
          for (let turn = 0; turn < ROUNDS; turn++) await work(db);
        }),
      ),
    );
    expect(await met()).toEqual({ undone: 0, deadlocks: 0 });
  });

  const writeRows = async () => {
    while (await office.db.amongOthers(({ orders }) => orders.writeRows(20)));
  };
});

/** Another order each time: whoever takes hold of rows as they are named meets others in a ring. */
function mixed(ids: readonly string[]): string[] {
  return ids
    .map((id) => ({ id, lot: Math.random() }))
    .sort((a, b) => a.lot - b.lot)
    .map(({ id }) => id);
}

function playOf(order: string): ReportEvent[] {
  const own = { play: order, output: 'panel' } as const;
  const spoken: ReportEvent[] = Array.from({ length: 5 }, () => ({
    type: 'booted',
    version: '1',
    clean: true,
  }));
  return [
    ...spoken.slice(0, 2),
    { type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] },
    ...spoken.slice(0, 2),
    { type: 'started', ...own, band: 60, title: 'น้ำท่วม' },
    ...spoken.slice(0, 2),
    {
      ...{ type: 'ended', ...own, outcome: 'finished', ended_at: '2026-11-13T09:01:00.000+07:00' },
      panel: { pages: 1, crc: '333dd022', board_crc: '333dd022', ms: 60_000 },
    },
  ];
}
