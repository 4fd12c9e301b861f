import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ORDER_LIMITS,
  Order,
  UNSIGNED,
  type UnsignedOrder,
} from '../../../firmware-protocol/content/order.ts';
import { enrolledHall } from '../../../scripts/bench/enrolled-hall.ts';
import { villageOf } from '../../../scripts/bench/nation/villages.ts';
import type { Database } from '../../../server/tables.ts';
import { announceTo, asked, type Office, openOffice, stopOf } from '../../unit/server/office.ts';
import { DATABASES, DatabaseSource } from './databases.ts';

/** As an alert to each of 150,000 villages would be, and more than a database takes in one question. */
const ORDERS = 600;
const villagesOf = (order: number) =>
  Array.from({ length: ORDER_LIMITS.targets }, (_, at) => villageOf(order * ORDER_LIMITS.targets + at));
/** In the first village of each order. */
const hallOf = (order: number) => `hall-${order}`;

const stored = (unsigned: UnsignedOrder) => Order.parse({ ...unsigned, signature: UNSIGNED });

describe.each(DATABASES)('hundreds of orders that each name 256 villages, on %s', (kind) => {
  let source: DatabaseSource;
  let db: Database;
  let office: Office;
  const ids: string[] = [];

  beforeAll(async () => {
    source = await DatabaseSource.of(kind);
    db = await source.open();
    office = await openOffice(db);
    const halls = Array.from({ length: ORDERS }, (_, at) => enrolledHall(hallOf(at), villageOf(at * 256)));
    await db.devices.put(...halls, enrolledHall('hall-other', '99010101'));
    for (let at = 0; at < ORDERS; at++) {
      const order = stored(announceTo(office.clock, villagesOf(at)));
      expect(await db.amongOthers(({ orders }) => orders.add(order))).toBe(1);
      ids.push(order.id);
    }
  });
  afterAll(() => source.close());

  it('are listed, counted and woken for before any of them has a row', async () => {
    expect((await db.orders.recent(['th'], 50)).map(({ order }) => order.id).sort()).toEqual(
      [...ids].sort().slice(-50),
    );
    expect(await db.orders.recent(['99'], 50)).toEqual([]);
    expect(await db.deliveries.open()).toEqual({ waiting: ORDERS, sent: 0 });
    await db.amongOthers(({ deliveries }) => deliveries.wake([hallOf(7)], office.clock.wall()));
    const seventh = await office.dispatcher.progress(asked(ids[7] ?? ''));
    expect(seventh?.deliveries).toMatchObject([{ device: hallOf(7), state: 'waiting' }]);
    expect(await db.deliveries.open()).toEqual({ waiting: ORDERS, sent: 0 });
  });

  it('get their rows one order at a time, each whole, and then their ends', async () => {
    const end = stored(stopOf(office.clock, villagesOf(3), ids[3] ?? ''));
    await db.amongOthers(({ orders }) => orders.add(end));
    let passes = 0;
    while (await db.amongOthers(({ orders }) => orders.writeRows(1_000))) passes++;
    expect(passes).toBe(ORDERS + 1);
    expect(await db.deliveries.open()).toEqual({ waiting: ORDERS + 1, sent: 0 });
    expect((await db.orders.recent(['th'], 50)).length).toBe(50);
  });
});
