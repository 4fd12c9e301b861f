import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { hashOf } from '../../../firmware-protocol/content/report.ts';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { openPostgresWatch, type PostgresWatch } from '../../../server/drivers/database/postgres.ts';
import type { PaperHall } from './paper-hall.ts';
import { Town } from './town.ts';

const WITHIN = { timeout: 20_000 };

/** What PostgreSQL says of each row that shall be stored, as it says it. */
const refusing = (code: string, says: string) => ({
  begin: `create function refused() returns trigger language plpgsql as $$
      begin raise exception '${says}' using errcode = '${code}'; end $$;
    create trigger refused before insert on reports for each row execute function refused();
    create trigger refused before insert on audit for each row execute function refused()`,
  end: 'drop function refused cascade',
});
/** Every session ends, and those that come see a database that only reads: a standby has the address now. */
const standby = (database: string) => ({
  begin: `alter database ${database} set default_transaction_read_only = on;
    select pg_terminate_backend(pid) from pg_stat_activity where datname = '${database}' and pid <> pg_backend_pid()`,
  end: `set transaction_read_only = off; alter database ${database} reset default_transaction_read_only`,
});

/** F45, F46: PostgreSQL is there, and takes nothing. */
describe.skipIf(!PostgresCluster.canRun)('a PostgreSQL that refuses what is to be stored', () => {
  let cluster: PostgresCluster;
  let database: ReturnType<PostgresCluster['database']>;
  let town: Town;
  let hall: PaperHall;
  let keeper: PostgresWatch;
  beforeAll(async () => {
    cluster = await PostgresCluster.found();
  });
  beforeEach(async () => {
    database = cluster.database();
    town = await Town.found('embedded', { database: { postgres: database } });
    hall = await town.hall('hall-mae', '43010101');
    keeper = await openPostgresWatch(
      { ...database, port: 5_432, connections: 1 },
      'none',
      () => {},
      () => {},
    );
  });
  afterEach(async () => {
    await keeper.close();
    await town.close();
  });
  afterAll(() => cluster.close());

  it.each([
    ['its disk is full', () => refusing('53100', 'could not extend file: No space left on device'), 'ดิสก์เต็ม'],
    ['it takes too long', () => refusing('57014', 'canceling statement due to statement timeout'), 'ช้าเกินไป'],
    ['its disk fails', () => refusing('58030', 'could not write to file: Input/output error'), 'ดิสก์'],
    ['another has taken its place', () => standby(database.database), 'อ่านได้อย่างเดียว'],
  ])(
    'because %s: people are told why, no report is receipted, and all goes on by itself',
    async (_why, how, words) => {
      const { order } = await town.ask('push', { to: ['43'], text: 'น้ำป่าหลาก' });
      await vi.waitFor(() => expect(hall.orderIds()).toContain(order));
      const { begin, end } = how();
      await keeper.query(begin);

      hall.did({ type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] });
      await hall.report();
      const push = { to: ['43'], text: 'ขึ้นที่สูง', transaction: 1_000 };
      const refused = await town.answer('push', JSON.stringify(push), 1_000);
      expect(refused).toMatchObject({ status: 'error', error: { code: 'database-down' } });
      expect(JSON.stringify(refused)).toContain(words);
      expect(hall.heard('/receipt')).toEqual([]);

      await keeper.query(end);
      const [report] = hall.reports;
      // The hall has not even sent it again.
      await vi.waitFor(
        () => expect(hall.heard('/receipt')).toMatchObject([{ up_to: 1, hash: report && hashOf(report) }]),
        WITHIN,
      );
      expect(await town.deliveries(order)).toEqual({ 'hall-mae': 'accepted' });
      const { order: next } = await town.ask('push', { to: ['43'], text: 'ขึ้นที่สูง' });
      await vi.waitFor(() => expect(hall.orderIds()).toContain(next), WITHIN);
      expect(hall.orderIds()).toHaveLength(2);
    },
  );
});
