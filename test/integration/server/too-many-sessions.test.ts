import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../firmware-protocol/content/report.ts';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import type { PaperHall } from './paper-hall.ts';
import { Town } from './town.ts';

const WITHIN = { timeout: 30_000 };
/** Nobody may pass the limits but superusers, and the server is none. */
const SERVER = 'village';
const OTHERS = 'others';

/** F46: PostgreSQL is there, and lets no more sessions in. */
describe.skipIf(!PostgresCluster.canRun)('a PostgreSQL that has no session left', () => {
  let cluster: PostgresCluster;
  let keeper: pg.Client;
  let named: ReturnType<PostgresCluster['database']>;
  let town: Town;
  let hall: PaperHall;
  const strangers: pg.Client[] = [];

  beforeAll(async () => {
    cluster = await PostgresCluster.found();
    named = cluster.database();
    await asKeeper();
    await keeper.query(`create role ${SERVER} login; create role ${OTHERS} login`);
    await keeper.query(`alter database ${named.database} owner to ${SERVER}`);
    await keeper.query(`grant create on schema public to ${SERVER}`);
    await keeper.query('alter system set max_connections = 20');
    await keeper.end();
    await cluster.crash();
    await cluster.start();
  });
  beforeEach(async () => {
    await asKeeper();
    town = await Town.found('embedded', {
      database: { postgres: { ...named, user: SERVER, connections: 8 } },
    });
    hall = await town.hall('hall-mae', '43010101');
  });
  afterEach(async () => {
    await letGo();
    await keeper.query(`alter role ${SERVER} connection limit -1`);
    await town.close();
    await keeper.query(`drop owned by ${SERVER}; grant create on schema public to ${SERVER}`);
    await keeper.end();
  });
  afterAll(() => cluster.close());

  async function asKeeper(): Promise<void> {
    keeper = new pg.Client(named);
    keeper.on('error', () => {});
    await keeper.connect();
  }

  /** Others take what sessions there are. */
  async function crowd(): Promise<void> {
    for (;;) {
      const stranger = new pg.Client({ ...named, user: OTHERS });
      stranger.on('error', () => {});
      try {
        await stranger.connect();
      } catch {
        return;
      }
      strangers.push(stranger);
    }
  }

  async function letGo(): Promise<void> {
    await Promise.all(strangers.splice(0).map((each) => each.end()));
  }

  const endSessions = () =>
    keeper.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [SERVER]);
  const sessions = async () =>
    (await keeper.query('select 1 from pg_stat_activity where usename = $1', [SERVER])).rowCount;

  const LIMITS = [
    {
      of: 'all of it, which others use up',
      begin: async () => {
        do {
          await endSessions();
          await crowd();
        } while ((await sessions()) !== 0);
      },
      end: letGo,
    },
    {
      of: 'its role',
      begin: async () => {
        await keeper.query(`alter role ${SERVER} connection limit 0`);
        await endSessions();
        await vi.waitFor(async () => expect(await sessions()).toBe(0));
      },
      end: () => keeper.query(`alter role ${SERVER} connection limit -1`),
    },
  ];

  it.each(LIMITS)(
    'by the limit of $of: people are told, no report is receipted, and all goes on by itself',
    async ({ begin, end }) => {
      const { order } = await town.ask('push', { to: ['43'], text: 'น้ำป่าหลาก' });
      await vi.waitFor(() => expect(hall.orderIds()).toContain(order));
      await begin();
      hall.did({ type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] });
      await hall.report();
      const push = { to: ['43'], text: 'ขึ้นที่สูง', transaction: 1_000 };
      const refused = await town.answer('push', JSON.stringify(push), 1_000);
      expect(refused).toMatchObject({ status: 'error', error: { code: 'database-down' } });
      expect(JSON.stringify(refused)).toContain('it has too many sessions');
      expect(JSON.stringify(refused)).toContain('มีการเชื่อมต่อเกินกำหนด');
      expect(hall.heard('/receipt')).toEqual([]);

      await end();
      const [report] = hall.reports;
      await vi.waitFor(
        () => expect(hall.heard('/receipt')).toMatchObject([{ up_to: 1, hash: report && hashOf(report) }]),
        WITHIN,
      );
      const { order: next } = await town.ask('push', { to: ['43'], text: 'ขึ้นที่สูง' });
      await vi.waitFor(() => expect(hall.orderIds()).toContain(next), WITHIN);
      expect(hall.orderIds()).toHaveLength(2);
    },
  );

  it('does with those that it has: what is asked at a time waits in turn, and is answered', async () => {
    await crowd();
    // Of the server's own, some end; others are there first.
    const ended = await keeper.query(
      `select pg_terminate_backend(pid) from (select pid from pg_stat_activity
        where usename = $1 and query not like '%dispatch_term%' and query not like 'listen%' offset 1) x`,
      [SERVER],
    );
    await crowd();
    expect(ended.rowCount).toBeGreaterThan(0);
    const asked = Array.from({ length: 8 }, (_, at) =>
      town.answer('devices', JSON.stringify({ transaction: 2_000 + at }), 2_000 + at),
    );
    const { order } = await town.ask('push', { to: ['43'], text: 'ขึ้นที่สูง' });
    await vi.waitFor(() => expect(hall.orderIds()).toContain(order), WITHIN);
    expect((await Promise.all(asked)).map(({ status }) => status)).toEqual(asked.map(() => 'ok'));
    hall.did({ type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] });
    await hall.report();
    await vi.waitFor(() => expect(hall.heard('/receipt')).toHaveLength(1), WITHIN);
  });
});
