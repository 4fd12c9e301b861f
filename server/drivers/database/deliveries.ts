import { z } from 'zod';
import { type DeviceId, lineageOf } from '../../../firmware-protocol/content/area.ts';
import { Output } from '../../../firmware-protocol/content/band.ts';
import { Order } from '../../../firmware-protocol/content/order.ts';
import { Refusal } from '../../../firmware-protocol/content/report.ts';
import { DeviceState } from '../../../firmware-protocol/mqtt/messages.ts';
import { DeliveryRow, type Fates, OrderState } from '../../../firmware-protocol/mqtt/order-requests.ts';
import type { DeliveryKey, DeliveryRecord, DeliveryTable } from '../../delivery-table.ts';
import { ServerError } from '../../errors.ts';
import { standsIn } from './areas.ts';
import { hallsWithoutRow, standingOf, type Unwritten, unwritten } from './audience.ts';
import { type Connection, jsonRows, readableJson, rowsOf, sql } from './connection.ts';
import { deliveriesOf } from './delivery-rows.ts';
import { deviceTable } from './devices.ts';
import { IS_UNANSWERED } from './halts.ts';
import { inTurn, isHeld } from './held-rows.ts';
import { haltUnpublished, writeRowsFor } from './order-rows.ts';
import type { Schema } from './schema.ts';

/** Nothing more will come of it. */
const SETTLED = ['ended', 'refused', 'expired'];
/** SQLite joins at most 500 questions in one. */
const COUNTED_TOGETHER = 100;

const KEY = { order_id: 'text', device: 'text' } as const;
/** What the reports of a device say of a delivery. */
const ANSWER = {
  state: 'text',
  refusal: 'text',
  outputs: 'text',
  outcomes: 'text',
  next_at: 'bigint',
  finished: 'bigint',
} as const;

export function deliveryTable(db: Connection): DeliveryTable {
  return {
    async those(keys) {
      const wanted = onceEach(keys);
      await writeMissing(db, wanted);
      const { rows } = await sql<Schema['deliveries']>`select deliveries.* from ${jsonRows(db, KEY, wanted)}
        join deliveries on deliveries.order_id = x.order_id and deliveries.device = x.device
        ${inTurn(db, 'deliveries')}`.execute(db);
      const damaged = rows.filter((row) => readable(row) === undefined);
      return {
        readable: rows.flatMap((row) => readable(row) ?? []),
        damaged: damaged.map(({ order_id, device }) => ({ order: order_id, device })),
      };
    },
    async page(order, { areas, fates, after, limit }) {
      let wanted = db.selectFrom((await deliveriesOf(db, [order], areas)).as('row')).selectAll();
      if (fates !== undefined) wanted = wanted.where('fate', 'in', fates);
      if (after !== undefined) {
        const [village = '', device = ''] = after.split('/');
        wanted = wanted.where(({ eb, or, and }) =>
          or([eb('village', '>', village), and([eb('village', '=', village), eb('device', '>', device)])]),
        );
      }
      const rows = await wanted.orderBy('village').orderBy('device').limit(limit).execute();
      return rows.map((row) => ({ ...recordOf(row), village: row.village, name: row.name, fate: row.fate }));
    },
    async tally(order, areas) {
      const rows = await db
        .selectFrom((await deliveriesOf(db, [order], areas)).as('row'))
        .select(({ fn }) => ['fate', 'state', fn.countAll<number>().as('count')])
        .groupBy(['fate', 'state'])
        .execute();
      const fates: Fates = {};
      let open = 0;
      for (const { fate, state, count } of rows) {
        fates[fate] = (fates[fate] ?? 0) + Number(count);
        if (!SETTLED.includes(state)) open += Number(count);
      }
      return { fates, open };
    },
    async hurry(order, areas, now) {
      const near = db.selectFrom('devices').select('id').where(standsIn(db, areas)).where('online', '=', 1);
      const areThey = sql<boolean>`deliveries.order_id = ${order} and deliveries.device in ${near}
        and ${IS_UNANSWERED} and deliveries.next_at is not null`;
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ next_at: now })
        .where(isHeld(db, 'deliveries', areThey))
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
    async answered(deliveries) {
      if (deliveries.length === 0) return;
      const now = jsonRows(db, { ...KEY, ...ANSWER }, deliveries.map(answerRow));
      const set = Object.keys(ANSWER).map((column) => `${column} = x.${column}`);
      await sql`update deliveries set ${sql.raw(set.join(', '))} from ${now}
        where deliveries.order_id = x.order_id and deliveries.device = x.device`.execute(db);
    },
    async sent(order, device, nextAt) {
      await db
        .updateTable('deliveries')
        .set(({ eb }) => ({ state: 'sent', sends: eb('sends', '+', 1), next_at: nextAt }))
        .where('order_id', '=', order)
        .where('device', '=', device)
        .where(IS_UNANSWERED)
        .where('next_at', 'is not', null)
        .execute();
    },
    async due(now, latest, limit) {
      const rows = await db
        .selectFrom('deliveries')
        .innerJoin('orders', 'orders.id', 'deliveries.order_id')
        .innerJoin('devices', 'devices.id', 'deliveries.device')
        .selectAll('deliveries')
        .select([
          'orders.document as document',
          'devices.state as device_state',
          'devices.village as village',
        ])
        .where(({ eb, or }) =>
          or([eb('deliveries.next_at', '<=', now), eb('deliveries.next_at', '>', latest)]),
        )
        .where(IS_UNANSWERED)
        .where('deliveries.next_at', 'is not', null)
        .where('orders.published', '=', 1)
        .where('orders.expires_at', '>', now)
        .where('devices.online', '=', 1)
        .orderBy('deliveries.next_at')
        .orderBy('deliveries.order_id')
        .limit(limit)
        .execute();
      return rows.flatMap((row) => {
        // One that cannot be read holds up no other; who asks how it fares is told.
        const order = readableJson(Order, row.document);
        const delivery = readable(row);
        const state =
          row.device_state === null ? null : (readableJson(DeviceState, row.device_state) ?? null);
        if (order === undefined || delivery === undefined) return [];
        return [{ delivery, order, village: row.village, state }];
      });
    },
    async wake(devices, now) {
      // Who comes now was not there when it left.
      for (const order of await unwrittenFor(db, devices))
        await writeRowsFor(db, { ...order, published: false }, devices);
      const areThey = sql<boolean>`deliveries.device in (select x.id from ${rowsOf(db, devices)})
        and ${IS_UNANSWERED} and deliveries.next_at is not null`;
      await db
        .updateTable('deliveries')
        .set({ next_at: now })
        .where(isHeld(db, 'deliveries', areThey))
        .execute();
    },
    halt: (order) => haltUnpublished(db, order),
    async open() {
      const counts = { waiting: 0, sent: 0 };
      const written = db.selectFrom('deliveries').select('state').where(IS_UNANSWERED);
      const halls = [
        written,
        ...(await unwritten(db)).map((order) =>
          hallsWithoutRow(db, order).select(sql<string>`${standingOf(order).state}`.as('state')),
        ),
      ];
      for (let at = 0; at < halls.length; at += COUNTED_TOGETHER) {
        const [first, ...others] = halls.slice(at, at + COUNTED_TOGETHER);
        if (first === undefined) break;
        const all = others.reduce((some, each) => some.unionAll(each), first);
        const rows = await db
          .selectFrom(all.as('row'))
          .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
          .groupBy('state')
          .execute();
        for (const { state, count } of rows)
          if (state === 'waiting' || state === 'sent') counts[state] += Number(count);
      }
      return counts;
    },
    async expire(now) {
      const late = db.selectFrom('orders').select('id').where('expires_at', '<=', now);
      const areThey = sql<boolean>`${IS_UNANSWERED} and deliveries.order_id in ${late}`;
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ state: 'expired', next_at: null })
        .where(isHeld(db, 'deliveries', areThey))
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}

/** Orders that may be for these halls: of hundreds that an alert to each village of a nation is, few are for a page of births. */
async function unwrittenFor(db: Connection, devices: readonly DeviceId[]): Promise<Unwritten[]> {
  const all = await unwritten(db);
  if (all.length === 0) return [];
  const halls = [...(await deviceTable(db).speakers(devices)).values()];
  const around = new Set(halls.flatMap(({ id, village }) => [`device/${id}`, ...lineageOf(village)]));
  return all.filter(({ order }) => order.to.some((target) => around.has(target)));
}

type Key = Pick<Schema['deliveries'], 'order_id' | 'device'>;

/**
 * Of what has no row: a hall may answer before its own is written. Before any of them is taken hold of, because somebody else may be
 * writing them.
 */
async function writeMissing(db: Connection, keys: readonly Key[]): Promise<void> {
  const orders = await unwritten(db, { ids: [...new Set(keys.map(({ order_id }) => order_id))] });
  if (orders.length === 0) return;
  const { rows: there } =
    await sql<Key>`select deliveries.order_id, deliveries.device from ${jsonRows(db, KEY, keys)}
    join deliveries on deliveries.order_id = x.order_id and deliveries.device = x.device`.execute(db);
  const known = new Set(there.map(nameOf));
  for (const order of orders) {
    const halls = keys.filter((key) => key.order_id === order.order.id && !known.has(nameOf(key)));
    await writeRowsFor(
      db,
      order,
      halls.map(({ device }) => device),
    );
  }
}

const nameOf = ({ order_id, device }: Key): string => `${order_id}/${device}`;

function onceEach(keys: readonly DeliveryKey[]): Key[] {
  const rows = keys.map(({ order, device }) => ({ order_id: order, device }));
  return [...new Map(rows.map((row) => [nameOf(row), row])).values()];
}

function answerRow({ order, device, nextAt, finished, ...answer }: DeliveryRecord): object {
  return {
    ...{ order_id: order, device, state: answer.state, refusal: answer.refusal, next_at: nextAt },
    outputs: answer.outputs && JSON.stringify(answer.outputs),
    outcomes: JSON.stringify(answer.outcomes),
    finished: finished === null ? null : Number(finished),
  };
}

const Stored = z.object({
  state: OrderState,
  refusal: Refusal.nullable(),
  outputs: z.array(Output).nullable(),
  outcomes: DeliveryRow.shape.outcomes,
});

function readable(row: Schema['deliveries']): DeliveryRecord | undefined {
  const { order_id: order, device, state, refusal, sends, next_at: nextAt } = row;
  const outputs = row.outputs === null ? null : readableJson(z.unknown(), row.outputs);
  const outcomes = readableJson(z.unknown(), row.outcomes);
  const { data: stored } = Stored.safeParse({ state, refusal, outputs, outcomes });
  const finished = row.finished === null ? null : row.finished === 1;
  return stored && { order, device, ...stored, sends, nextAt, finished };
}

/** Throws `data-invalid`. */
function recordOf(row: Schema['deliveries']): DeliveryRecord {
  const record = readable(row);
  if (record !== undefined) return record;
  throw new ServerError('data-invalid', { context: { what: `deliveries/${row.order_id}/${row.device}` } });
}
