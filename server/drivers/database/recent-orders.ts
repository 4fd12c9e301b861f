import type { AreaCode } from '../../../firmware-protocol/content/area.ts';
import { Order } from '../../../firmware-protocol/content/order.ts';
import type { RecentOrder, WhichOrders } from '../../ports.ts';
import { standsIn } from './areas.ts';
import { hallsWithoutRow, IS_UNWRITTEN, unwritten } from './audience.ts';
import { type Connection, readableJson } from './connection.ts';
import { deliveriesOf } from './delivery-rows.ts';

/** `OrderTable.recent`. */
export async function recentOrders(
  db: Connection,
  areas: readonly AreaCode[],
  limit: number,
  only: WhichOrders = {},
): Promise<RecentOrder[]> {
  const behind = await unwrittenFor(db, areas, limit, only);
  const rows = await wanted(db, only)
    .select(['id', 'document'])
    .where(({ exists, ref, or, eb }) =>
      or([
        exists(
          db
            .selectFrom('deliveries')
            .innerJoin('devices', 'devices.id', 'deliveries.device')
            .select('device')
            .where('order_id', '=', ref('orders.id'))
            .where(standsIn(db, areas)),
        ),
        ...(behind.length === 0 ? [] : [eb('orders.id', 'in', behind)]),
      ]),
    )
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();
  const ids = rows.map(({ id }) => id);
  if (ids.length === 0) return [];
  const counts = await db
    .selectFrom((await deliveriesOf(db, ids, areas)).as('row'))
    .select(({ fn }) => ['order_id', 'state', fn.countAll<number>().as('count')])
    .groupBy(['order_id', 'state'])
    .execute();
  return rows.flatMap(({ id, document }) => {
    const order = readableJson(Order, document);
    const own = counts.filter(({ order_id }) => order_id === id);
    const halls = Object.fromEntries(own.map(({ state, count }) => [state, Number(count)]));
    return order === undefined ? [] : [{ order, halls }];
  });
}

function wanted(db: Connection, { kinds, before, aliveAt }: WhichOrders) {
  return db
    .selectFrom('orders')
    .$if(kinds !== undefined, (all) => all.where('kind', 'in', kinds ?? []))
    .$if(before !== undefined, (all) => all.where('id', '<', before ?? ''))
    .$if(aliveAt !== undefined, (all) => all.where('expires_at', '>', aliveAt ?? 0));
}

/** The newest of those that are for halls of `areas` without a row yet. There may be hundreds, and each is looked at by itself. */
async function unwrittenFor(
  db: Connection,
  areas: readonly AreaCode[],
  limit: number,
  only: WhichOrders,
): Promise<string[]> {
  const rows = await wanted(db, only).select('id').where(IS_UNWRITTEN).orderBy('id', 'desc').execute();
  const found: string[] = [];
  for (const { id } of rows) {
    if (found.length === limit) break;
    const [order] = await unwritten(db, { ids: [id] });
    const isForThem =
      order && hallsWithoutRow(db, order).where(standsIn(db, areas)).select('devices.id').limit(1);
    if ((await isForThem?.executeTakeFirst()) !== undefined) found.push(id);
  }
  return found;
}
