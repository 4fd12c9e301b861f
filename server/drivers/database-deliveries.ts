import { z } from 'zod';
import { Output } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import { Order } from '../../firmware-protocol/content/order.ts';
import { Refusal } from '../../firmware-protocol/content/report.ts';
import { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import {
  DeliveryRow,
  type Fate,
  type Fates,
  OrderState,
} from '../../firmware-protocol/mqtt/order-requests.ts';
import type { DeliveryKey, DeliveryRecord, DeliveryTable } from '../delivery-table.ts';
import { RESEND } from '../dispatch/resend-schedule.ts';
import { ServerError } from '../errors.ts';
import { type Connection, jsonRows, readableJson, rowsOf, sql } from './database-connection.ts';
import { deliveriesIn, devicesIn } from './database-orders.ts';
import type { Schema } from './database-schema.ts';

/** Not answered by a report yet. In these very words, not as bound values: so an index of nothing but these serves it. */
const IS_UNANSWERED = sql<boolean>`deliveries.state in ('waiting', 'sent')`;
/** Nothing more will come of it. */
const SETTLED = ['ended', 'refused', 'expired'];

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

/** `Fate` of the operator's wire, of a row of `deliveries`. */
const FATE = sql<Fate>`CASE
  WHEN deliveries.state = 'ended' THEN CASE WHEN deliveries.finished = 0 THEN 'failed' ELSE 'finished' END
  WHEN deliveries.state = 'sent' AND deliveries.sends >= ${sql.lit(RESEND.silentAfterSends)} THEN 'silent'
  WHEN deliveries.state = 'expired' AND deliveries.sends > 0 THEN 'silent'
  ELSE deliveries.state END`;

export function deliveryTable(db: Connection): DeliveryTable {
  return {
    async those(keys) {
      const wanted = jsonRows(db, KEY, onceEach(keys));
      const { rows } = await sql<Schema['deliveries']>`select deliveries.* from ${wanted}
        join deliveries on deliveries.order_id = x.order_id and deliveries.device = x.device`.execute(db);
      const damaged = rows.filter((row) => readable(row) === undefined);
      return {
        readable: rows.flatMap((row) => readable(row) ?? []),
        damaged: damaged.map(({ order_id, device }) => ({ order: order_id, device })),
      };
    },
    async page(order, { areas, fates, after, limit }) {
      let wanted = deliveriesIn(db, areas)
        .selectAll('deliveries')
        .select(['devices.village', 'devices.name', FATE.as('fate')])
        .where('order_id', '=', order);
      if (fates !== undefined) wanted = wanted.where(FATE, 'in', fates);
      if (after !== undefined) {
        const [village = '', device = ''] = after.split('/');
        wanted = wanted.where(({ eb, or, and }) =>
          or([eb('village', '>', village), and([eb('village', '=', village), eb('device', '>', device)])]),
        );
      }
      const rows = await wanted.orderBy('devices.village').orderBy('device').limit(limit).execute();
      return rows.map((row) => ({ ...recordOf(row), village: row.village, name: row.name, fate: row.fate }));
    },
    async tally(order, areas) {
      const rows = await deliveriesIn(db, areas)
        .select(({ fn }) => [FATE.as('fate'), 'deliveries.state as state', fn.countAll<number>().as('count')])
        .where('order_id', '=', order)
        .groupBy([FATE, 'deliveries.state'])
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
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ next_at: now })
        .where('order_id', '=', order)
        .where(IS_UNANSWERED)
        .where('next_at', 'is not', null)
        .where('device', 'in', devicesIn(db, areas).where('online', '=', 1))
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
      await sql`update deliveries set next_at = ${now} from ${rowsOf(db, devices)}
        where deliveries.device = x.id and ${IS_UNANSWERED} and deliveries.next_at is not null`.execute(db);
    },
    async halt(order) {
      const ended = db
        .selectFrom('orders')
        .select('id')
        .where('issued_at', '<=', epochMsOf(order.issued_at))
        .where('kind', 'in', order.kind === 'all-clear' ? ['alert'] : ['announce', 'test']);
      const named =
        order.kind === 'stop' ? order.stops : order.kind === 'all-clear' ? order.clears : undefined;
      if (named === undefined) return;
      await db
        .updateTable('deliveries')
        .set({ next_at: null })
        .where(IS_UNANSWERED)
        .where('order_id', 'in', named === 'everything' ? ended : ended.where('id', '=', named))
        .where('device', 'in', (eb) =>
          eb.selectFrom('deliveries as stop').select('stop.device').where('stop.order_id', '=', order.id),
        )
        .execute();
      // Not published yet and stopped in part: it goes to the others one by one, not to everybody in the area.
      await db
        .updateTable('orders')
        .set({ published: 1 })
        .where('published', '=', 0)
        .where('id', 'in', (eb) =>
          eb.selectFrom('deliveries').select('order_id').where(IS_UNANSWERED).where('next_at', 'is', null),
        )
        .execute();
    },
    async open() {
      const rows = await db
        .selectFrom('deliveries')
        .select(({ fn }) => ['state', fn.countAll<number>().as('count')])
        .where(IS_UNANSWERED)
        .groupBy('state')
        .execute();
      const of = (state: string) => Number(rows.find((row) => row.state === state)?.count ?? 0);
      return { waiting: of('waiting'), sent: of('sent') };
    },
    async expire(now) {
      const late = db.selectFrom('orders').select('id').where('expires_at', '<=', now);
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set({ state: 'expired', next_at: null })
        .where(IS_UNANSWERED)
        .where('order_id', 'in', late)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },
  };
}

function onceEach(keys: readonly DeliveryKey[]): Pick<Schema['deliveries'], 'order_id' | 'device'>[] {
  const rows = keys.map(({ order, device }) => [`${order}/${device}`, { order_id: order, device }] as const);
  return [...new Map(rows).values()];
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
