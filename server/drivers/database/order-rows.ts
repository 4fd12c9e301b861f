import type { AreaCode } from '../../../firmware-protocol/content/area.ts';
import type { Order } from '../../../firmware-protocol/content/order.ts';
import {
  areasIn,
  isAmong,
  isBetween,
  isNamedIn,
  orderOf,
  standingOf,
  type Unwritten,
  unwritten,
  unwrittenIds,
} from './audience.ts';
import { type Connection, type RawBuilder, rowsOf, sql } from './connection.ts';
import { haltAmong, IS_UNANSWERED, isEndedBy } from './halts.ts';

/**
 * The next rows of the order that has waited longest for them, about `limit`, and what an end takes back of its halls. In a transaction,
 * which others may be beside: it locks the order, and passes over rows that are there. False = no order lacks any.
 */
export async function writeNextRows(db: Connection, limit: number): Promise<boolean> {
  // One by one: an alert to each village of a nation by its code is 300 orders, and each pass reads one of them.
  for (const id of await unwrittenIds(db)) {
    // Another who wrote some of it meanwhile may have come to its end.
    const [next] = await unwritten(db, { ids: [id], lock: true });
    if (next === undefined) continue;
    await writeSome(db, next, limit);
    return true;
  }
  return false;
}

/** At once, for whoever changes who the halls are. */
export async function writeAllRows(db: Connection): Promise<void> {
  for (const order of await unwritten(db, { lock: true })) await writeSome(db, order);
}

/** Those of some halls alone, as far as it is for them: they speak of it, or have just come. */
export async function writeRowsFor(
  db: Connection,
  order: Unwritten,
  halls: readonly string[],
): Promise<void> {
  const these = sql<boolean>`devices.id in (select x.id from ${rowsOf(db, halls)})`;
  await insert(db, order, sql`${isAmong(db, order.order.to)} and ${these}`);
}

/**
 * Takes back what `end` ends and what has not left yet, before the end leaves: that goes to the other halls one by one, not to everybody
 * in the area. In a transaction.
 */
export async function haltUnpublished(db: Connection, end: Order): Promise<void> {
  const isEnded = isEndedBy(end);
  if (isEnded === undefined) return;
  const here = await db.selectFrom('orders').select('id').where('published', '=', 0).where(isEnded).execute();
  const ids = here.map(({ id }) => id);
  if (ids.length === 0) return;
  for (const order of await unwritten(db, { ids, lock: true })) await writeSome(db, order);
  await haltAmong(db, sql`orders.id in (${sql.join(ids)})`, isAmong(db, end.to));
  await db
    .updateTable('orders')
    .set({ published: 1 })
    .where('id', 'in', ids)
    .where('id', 'in', (eb) =>
      eb.selectFrom('deliveries').select('order_id').where(IS_UNANSWERED).where('next_at', 'is', null),
    )
    .execute();
}

async function writeSome(db: Connection, order: Unwritten, limit?: number): Promise<void> {
  const named = order.after === '' ? isNamedIn(db, order.order.to) : undefined;
  if (named !== undefined) await writeWhere(db, order, named);
  const after = await writeInAreas(db, order, limit);
  await db.updateTable('orders').set({ rows_after: after }).where('id', '=', order.order.id).execute();
}

/** Resolves with where it stopped, `village/device`; null = every hall has its row. */
async function writeInAreas(
  db: Connection,
  order: Unwritten,
  limit: number | undefined,
): Promise<string | null> {
  let room = limit;
  for (const area of areasIn(order.order)) {
    const last = room === undefined ? undefined : await placeBehind(db, area, order.after, room);
    const written = await writeWhere(db, order, isBetween(area, order.after, last));
    if (last !== undefined) return last;
    if (room !== undefined) room = Math.max(1, room - written);
  }
  return null;
}

/** The last of the next `count` halls, where more follow or it is the last of all; undefined = there are fewer. */
async function placeBehind(
  db: Connection,
  area: AreaCode,
  after: string,
  count: number,
): Promise<string | undefined> {
  const halls = db.selectFrom('devices').select(['village', 'id']).where(isBetween(area, after));
  const hall = await orderOf(area)
    .reduce((inOrder, column) => inOrder.orderBy(column), halls)
    .limit(1)
    .offset(count - 1)
    .executeTakeFirst();
  return hall && `${hall.village}/${hall.id}`;
}

async function writeWhere(db: Connection, order: Unwritten, areThey: RawBuilder<boolean>): Promise<number> {
  const written = await insert(db, order, areThey);
  const isEnded = isEndedBy(order.order);
  if (isEnded !== undefined) await haltAmong(db, isEnded, areThey);
  return written;
}

/** Resolves with the number of new rows: some halls may have answered before, and targets overlap. */
async function insert(db: Connection, order: Unwritten, areThey: RawBuilder<boolean>): Promise<number> {
  const { state, sends } = standingOf(order);
  const { numInsertedOrUpdatedRows = 0n } = await db
    .insertInto('deliveries')
    .columns(['order_id', 'device', 'state', 'outcomes', 'sends', 'next_at'])
    .expression((eb) =>
      eb
        .selectFrom('devices')
        .select(({ val, ref }) => [
          val(order.order.id).as('order_id'),
          ref('devices.id').as('device'),
          state.as('state'),
          val('{}').as('outcomes'),
          sends.as('sends'),
          val(order.dueAt).as('next_at'),
        ])
        .where(areThey)
        .orderBy('devices.id'),
    )
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return Number(numInsertedOrUpdatedRows);
}
