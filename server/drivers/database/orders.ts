import { epochMsOf } from '../../../firmware-protocol/content/instant.ts';
import { Order } from '../../../firmware-protocol/content/order.ts';
import type { OrderTable } from '../../tables.ts';
import { isAmong } from './audience.ts';
import { type Connection, readableJson, readJson, sql } from './connection.ts';
import { IS_UNANSWERED } from './halts.ts';
import { isHeld } from './held-rows.ts';
import { lockTransaction } from './locks.ts';
import { writeNextRows } from './order-rows.ts';
import { recentOrders } from './recent-orders.ts';

export function orderTable(db: Connection): OrderTable {
  return {
    async add(order) {
      await lockTransaction(db, 'halls', { together: true });
      await db
        .insertInto('orders')
        .values({
          id: order.id,
          kind: order.kind,
          issued_at: epochMsOf(order.issued_at),
          expires_at: epochMsOf(order.expires_at),
          published: 0,
          document: JSON.stringify(order),
          rows_after: '',
          due_at: null,
        })
        .execute();
      const { count } = await db
        .selectFrom('devices')
        .select(({ fn }) => fn.countAll<number>().as('count'))
        .where(isAmong(db, order.to))
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
    recent: (areas, limit, only) => recentOrders(db, areas, limit, only),
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
      await db.updateTable('orders').set({ published: 1, due_at: nextAt }).where('id', '=', id).execute();
      // Rows that are there already: the broker was away, or it was asked for some of them.
      const areThey = sql<boolean>`deliveries.order_id = ${id} and ${IS_UNANSWERED}`;
      await sql`update deliveries set
          state = case when deliveries.state = 'waiting' and devices.online = 1 then 'sent' else deliveries.state end,
          sends = sends + case when deliveries.state = 'waiting' and devices.online = 1 then 1 else 0 end,
          next_at = case when next_at is null then null else cast(${nextAt} as bigint) end
        from devices where devices.id = deliveries.device
          and ${isHeld(db, 'deliveries', areThey)}`.execute(db);
    },
    writeRows: (limit) => writeNextRows(db, limit),
  };
}
