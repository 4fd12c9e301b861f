import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { AUDIT_START, AuditEntry, followChain } from '../../../firmware-protocol/content/audit.ts';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import { AuditBook } from '../../../server/audit/audit-book.ts';
import { configFrom } from '../../../server/config.ts';
import { openDatabaseOf } from '../../../server/drivers/database/database.ts';
import { openPostgresWatch } from '../../../server/drivers/database/postgres.ts';
import type { Database } from '../../../server/tables.ts';
import { addHall, announceTo, type Office, openOffice } from '../../unit/server/office.ts';
import { CutLine, type Moment } from './cut-line.ts';

const ORDER = 'insert into "orders"';

/** F45: PostgreSQL stores an order, and its answer is lost on the way. */
describe.skipIf(!PostgresCluster.canRun)('a line that is cut at the commit of an order', () => {
  let cluster: PostgresCluster;
  let line: CutLine;
  let db: Database;
  let office: Office;
  let book: AuditBook;
  let named: ReturnType<PostgresCluster['database']>;
  beforeAll(async () => {
    cluster = await PostgresCluster.found();
  });
  beforeEach(async () => {
    line = await CutLine.to(cluster.folder);
    named = cluster.database();
    db = await openDatabaseOf(
      configFrom({ database: { postgres: { ...named, host: line.folder } } }, '/nowhere'),
    );
    office = await openOffice(db);
    book = new AuditBook({ db, clock: office.clock });
    await addHall(db, 'hall-mae', '43010101');
  });
  afterEach(async () => {
    await db.close();
    await line.close();
  });
  afterAll(() => cluster.close());

  const order = () => announceTo(office.clock, ['4301']);
  const push = (wanted = order()) =>
    book.recordedWith(
      { who: 'somchai', act: 'request/push', document: { order: wanted.id } },
      (asked) => office.dispatcher.send(wanted, asked),
      (sent) => ({ order: sent.order.id }),
    );
  const stored = async () => (await db.orders.alive(office.clock.wall(), 10)).map(({ id }) => id);
  const left = () => office.broker.sent.map(({ payload }) => JSON.parse(payload.toString()).id);
  const outcomes = async () =>
    (await db.audit.lines(0, 100)).map((each) => AuditEntry.parse(JSON.parse(each)).outcome);

  const MOMENTS: Moment[] = ['before', 'while', 'after'];
  it.each(MOMENTS)(
    '%s it: the order is stored once, leaves once, and is asked for by one line',
    async (moment) => {
      line.cutAt(ORDER, moment);
      const sent = await push();
      expect(line.cuts).toBe(1);
      expect(sent.devices).toBe(1);
      expect(await stored()).toEqual([sent.order.id]);
      expect(left()).toEqual([sent.order.id]);
      expect(await outcomes()).toEqual(['asked', 'done']);
      expect(followChain(await db.audit.lines(0, 100), AUDIT_START)).toEqual({ head: await db.audit.head() });
    },
  );

  it.each(MOMENTS)('%s it, of an order that two people wanted: the same', async (moment) => {
    line.cutAt(ORDER, moment);
    const sent = await office.dispatcher.send(order());
    expect(line.cuts).toBe(1);
    expect([sent.devices, await stored(), left()]).toEqual([1, [sent.order.id], [sent.order.id]]);
  });

  it('and PostgreSQL takes its time: it is not taken for lost, nor done twice', async () => {
    const keeper = await openPostgresWatch(
      { ...named, port: 5_432, connections: 2 },
      'none',
      () => {},
      () => {},
    );
    await keeper.query(`create function tarry() returns trigger language plpgsql as $$
        begin perform pg_sleep(2); return null; end $$;
      create constraint trigger tarry after insert on orders deferrable initially deferred
        for each row execute function tarry()`);
    line.cutAt(ORDER, 'while');
    const began = performance.now();
    const sent = await push();
    expect(performance.now() - began).toBeGreaterThan(1_900);
    expect([await stored(), left(), await outcomes()]).toEqual([
      [sent.order.id],
      [sent.order.id],
      ['asked', 'done'],
    ]);
    await keeper.close();
  });

  it('and it stays away: people are told that nobody knows, and the outbox sends what is there, once', async () => {
    const wanted = order();
    line.cutAt(ORDER, 'after', { staysAway: true });
    const told = await office.dispatcher.send(wanted).catch((error: unknown) => error);
    expect(told).toMatchObject({
      code: 'database-down',
      context: {
        why: expect.stringContaining('which may be stored'),
        why_th: expect.stringContaining('อาจบันทึกไปแล้ว'),
      },
    });
    expect(left()).toEqual([]);
    line.mend();
    expect(await stored()).toEqual([wanted.id]);
    office.dispatcher.start();
    await expect.poll(left).toEqual([wanted.id]);
    await office.dispatcher.stop();
  });
});
