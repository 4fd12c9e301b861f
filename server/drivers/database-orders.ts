import { type AreaCode, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import { Order } from '../../firmware-protocol/content/order.ts';
import type { OrderTable } from '../tables.ts';
import { type Connection, readableJson, readJson, sql } from './database-connection.ts';
import { villagesOf } from './database-devices.ts';

export function orderTable(db: Connection): OrderTable {
  return {
    async add(order) {
      await db
        .insertInto('orders')
        .values({
          id: order.id,
          kind: order.kind,
          issued_at: epochMsOf(order.issued_at),
          expires_at: epochMsOf(order.expires_at),
          published: 0,
          document: JSON.stringify(order),
        })
        .execute();
      for (const target of order.to) await addDeliveries(db, order, target);
      const { count } = await db
        .selectFrom('deliveries')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where('order_id', '=', order.id)
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async get(id) {
      const row = await db
        .selectFrom('orders')
        .select(['document', 'published'])
        .where('id', '=', id)
        .executeTakeFirst();
      return row && { order: readJson(Order, row.document, `orders/${id}`), published: row.published === 1 };
    },
    async recent(areas, limit, { kinds, before, aliveAt } = {}) {
      const rows = await db
        .selectFrom('orders')
        .select(['id', 'document'])
        .where(({ exists, ref }) =>
          exists(deliveriesIn(db, areas).select('device').where('order_id', '=', ref('orders.id'))),
        )
        .$if(kinds !== undefined, (all) => all.where('kind', 'in', kinds ?? []))
        .$if(before !== undefined, (all) => all.where('id', '<', before ?? ''))
        .$if(aliveAt !== undefined, (all) => all.where('expires_at', '>', aliveAt ?? 0))
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      const ids = rows.map(({ id }) => id);
      if (ids.length === 0) return [];
      const counts = await deliveriesIn(db, areas)
        .select(({ fn }) => ['order_id', 'deliveries.state', fn.countAll<number>().as('count')])
        .where('order_id', 'in', ids)
        .groupBy(['order_id', 'deliveries.state'])
        .execute();
      return rows.flatMap(({ id, document }) => {
        const order = readableJson(Order, document);
        const own = counts.filter(({ order_id }) => order_id === id);
        const halls = Object.fromEntries(own.map(({ state, count }) => [state, Number(count)]));
        return order === undefined ? [] : [{ order, halls }];
      });
    },
    async unpublished(now) {
      const rows = await db
        .selectFrom('orders')
        .select(['id', 'document'])
        .where('published', '=', 0)
        .where('expires_at', '>', now)
        .orderBy('id')
        .execute();
      return rows.flatMap((row) => readableJson(Order, row.document) ?? []);
    },
    async alive(now, limit) {
      const rows = await db
        .selectFrom('orders')
        .select('document')
        .where('expires_at', '>', now)
        .orderBy('id', 'desc')
        .limit(limit)
        .execute();
      return rows.flatMap((row) => readableJson(Order, row.document) ?? []);
    },
    async prepareEnd(order, end) {
      await db
        .insertInto('prepared_ends')
        .values({ order_id: order, document: JSON.stringify(end) })
        .execute();
    },
    async preparedEnd(order) {
      const row = await db
        .selectFrom('prepared_ends')
        .select('document')
        .where('order_id', '=', order)
        .executeTakeFirst();
      return row && readableJson(Order, row.document);
    },
    async published(id, nextAt) {
      await db.updateTable('orders').set({ published: 1 }).where('id', '=', id).execute();
      // One pass: of a nation's order each row that is touched twice costs the fan-out beside it.
      await sql`update deliveries set
          state = case when deliveries.state = 'waiting' and devices.online = 1 then 'sent' else deliveries.state end,
          sends = sends + case when deliveries.state = 'waiting' and devices.online = 1 then 1 else 0 end,
          next_at = case when next_at is null then null else cast(${nextAt} as bigint) end
        from devices where devices.id = deliveries.device
          and order_id = ${id} and deliveries.state in ('waiting', 'sent')`.execute(db);
    },
  };
}

export function deliveriesIn(db: Connection, areas: readonly AreaCode[]) {
  return db
    .selectFrom('deliveries')
    .innerJoin('devices', 'devices.id', 'deliveries.device')
    .where(({ and, eb, or }) =>
      or(
        areas
          .map(villagesOf)
          .map(([first, last]) => and([eb('village', '>=', first), eb('village', '<=', last)])),
      ),
    );
}

/** Ids of the devices that stand in `areas`. */
export function devicesIn(db: Connection, areas: readonly AreaCode[]) {
  return db
    .selectFrom('devices')
    .select('id')
    .where(({ and, eb, or }) =>
      or(
        areas
          .map(villagesOf)
          .map(([first, last]) => and([eb('village', '>=', first), eb('village', '<=', last)])),
      ),
    );
}

/** One statement for any number of devices: a national order is 75,000 rows. */
async function addDeliveries(db: Connection, order: Order, target: Target): Promise<void> {
  const device = deviceOf(target);
  await db
    .insertInto('deliveries')
    .columns(['order_id', 'device', 'state', 'outcomes', 'sends', 'next_at'])
    .expression((eb) => {
      const rows = eb
        .selectFrom('devices')
        .select(({ val, ref }) => [
          val(order.id).as('order_id'),
          ref('devices.id').as('device'),
          val('waiting').as('state'),
          val('{}').as('outcomes'),
          val(0).as('sends'),
          val(epochMsOf(order.issued_at)).as('next_at'),
        ]);
      if (device !== undefined) return rows.where('devices.id', '=', device);
      const [first, last] = villagesOf(target);
      return rows.where('village', '>=', first).where('village', '<=', last);
    })
    // Targets may overlap: a district and a village in it.
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
