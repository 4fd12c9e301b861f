import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { PostgresCluster } from '../../../scripts/bench/ingest/postgres-cluster.ts';
import type { ServerConfig } from '../../../server/config.ts';
import { sql } from '../../../server/drivers/database/connection.ts';
import { openPostgresConnection } from '../../../server/drivers/database/postgres-database.ts';
import type { Database, Tables } from '../../../server/tables.ts';
import { addHall, announceTo, asked, type Office, openOffice } from '../../unit/server/office.ts';
import { DatabaseSource } from './databases.ts';

/** More than one transaction is tried again. */
const ANSWERS_IN_A_ROW = 20;
const HALLS = Array.from({ length: ANSWERS_IN_A_ROW }, (_, at) => `hall-${String(at).padStart(2, '0')}`);

/** F45. SQLite has one writer at a time: there nobody can be in the way. */
describe.skipIf(!PostgresCluster.canRun)('rows behind an order while others write', () => {
  let source: DatabaseSource;
  let config: ServerConfig;
  let db: Database;
  let others: Database;
  let office: Office;
  /** Done in a transaction that writes rows, before its first row and after its first look at the database. */
  let meanwhile: () => Promise<void>;

  beforeAll(async () => {
    source = await DatabaseSource.of('postgresql');
  });
  afterAll(() => source.close());
  beforeEach(async () => {
    config = source.config();
    db = await source.open(config);
    others = await source.open(config);
    meanwhile = async () => {};
    office = await openOffice(disturbed(db));
    for (const id of HALLS) await addHall(db, id, '43010101');
  });

  const disturbed = (quiet: Database): Database => {
    const interrupted = ({ orders, ...tables }: Tables): Tables => {
      const writeRows = async (limit: number) => {
        await orders.get('a first look');
        await meanwhile();
        return orders.writeRows(limit);
      };
      return { ...tables, orders: { ...orders, writeRows } };
    };
    return {
      ...quiet,
      transaction: (work) => quiet.transaction((tables) => work(interrupted(tables))),
      amongOthers: (work) => quiet.amongOthers((tables) => work(interrupted(tables))),
    };
  };
  const send = async () => (await office.dispatcher.send(announceTo(office.clock, ['43']))).order.id;
  const answer = (order: string, device: string) => {
    const event = { type: 'accepted', play: order, kind: 'announce', outputs: ['panel'] } as const;
    return others.transaction((tables) => office.dispatcher.heard(tables, [{ device, event }]));
  };
  const statesOf = async (order: string) =>
    (await office.dispatcher.progress(asked(order)))?.deliveries.map(({ state }) => state);
  const writeRows = (limit: number) => db.amongOthers(({ orders }) => orders.writeRows(limit));

  it('are written, and the round goes on, though a hall answers in the midst of each try', async () => {
    const id = await send();
    office.broker.topics();
    const quiet = HALLS.slice(-2);
    const speaking = HALLS.slice(0, -2);
    let tries = 0;
    meanwhile = async () => {
      tries++;
      const device = speaking.shift();
      if (device !== undefined) await answer(id, device);
    };
    await office.clock.advance(30_000);
    office.dispatcher.start();
    await expect
      .poll(() => office.broker.topics().sort())
      .toEqual(expect.arrayContaining(quiet.map((hall) => `43/device/${hall}/order`)));
    await office.dispatcher.stop();
    // One wrote them, the other found none without.
    expect(tries).toBe(2);
    expect(await statesOf(id)).toEqual(['accepted', 'accepted', ...Array(HALLS.length - 2).fill('sent')]);
  });

  it('are told of a publish that was under way, and not begun again by one who was slow', async () => {
    office.broker.away = true;
    const id = await send();
    const seen = await openPostgresConnection(postgresOf(config));
    const waiting = async () => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(seen);
      return Number(rows[0]?.count);
    };
    let slow: Promise<boolean> | undefined;
    let publish: Promise<void> | undefined;
    await others.amongOthers(async ({ orders }) => {
      await orders.writeRows(HALLS.length + 1);
      slow = writeRows(2);
      publish = db.amongOthers((tables) => tables.orders.published(id, office.clock.wall()));
      await expect.poll(waiting).toBe(2);
    });
    // Another had come to its end.
    expect(await slow).toBe(false);
    await publish;
    expect(await writeRows(1)).toBe(false);
    expect(await statesOf(id)).toEqual(HALLS.map(() => 'sent'));
    await seen.destroy();
  });
});

function postgresOf({ database }: ServerConfig) {
  if (database === 'sqlite') throw new Error('not on PostgreSQL');
  return database.postgres;
}
