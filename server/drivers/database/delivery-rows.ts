import type { AreaCode } from '../../../firmware-protocol/content/area.ts';
import type { Fate } from '../../../firmware-protocol/mqtt/order-requests.ts';
import { RESEND } from '../../dispatch/resend-schedule.ts';
import { standsIn } from './areas.ts';
import { hallsWithoutRow, standingOf, type Unwritten, unwritten } from './audience.ts';
import { type Connection, sql } from './connection.ts';

/** `Fate` of the operator's wire, of a row of `deliveries`. */
const FATE = sql<Fate>`CASE
  WHEN deliveries.state = 'ended' THEN CASE WHEN deliveries.finished = 0 THEN 'failed' ELSE 'finished' END
  WHEN deliveries.state = 'sent' AND deliveries.sends >= ${sql.lit(RESEND.silentAfterSends)} THEN 'silent'
  WHEN deliveries.state = 'expired' AND deliveries.sends > 0 THEN 'silent'
  ELSE deliveries.state END`;

/**
 * Deliveries of some orders to halls of `areas`, each with its hall and its fate, also those that are not written yet: in one question, so
 * that one which is written meanwhile is counted once.
 */
export async function deliveriesOf(db: Connection, orders: readonly string[], areas: readonly AreaCode[]) {
  const written = db
    .selectFrom('deliveries')
    .innerJoin('devices', 'devices.id', 'deliveries.device')
    .where('order_id', 'in', orders)
    .where(standsIn(db, areas))
    .select([
      'order_id',
      'device',
      'deliveries.state as state',
      'refusal',
      'outputs',
      'outcomes',
      'sends',
      'next_at',
    ])
    .select(['finished', 'village', 'name', FATE.as('fate')]);
  const behind = await unwritten(db, { ids: orders });
  return behind.reduce((all, order) => all.unionAll(notWritten(db, order, areas)), written);
}

function notWritten(db: Connection, order: Unwritten, areas: readonly AreaCode[]) {
  const { state, sends } = standingOf(order);
  const nothing = sql<string | null>`cast(null as text)`;
  return hallsWithoutRow(db, order)
    .where(standsIn(db, areas))
    .select([
      sql<string>`cast(${order.order.id} as text)`.as('order_id'),
      ...(['id as device', state.as('state'), nothing.as('refusal'), nothing.as('outputs')] as const),
      ...([sql.lit('{}').as('outcomes'), sends.as('sends')] as const),
      sql<number | null>`cast(${order.dueAt} as bigint)`.as('next_at'),
      sql<number | null>`cast(null as bigint)`.as('finished'),
      ...(['village', 'name', sql<Fate>`${state}`.as('fate')] as const),
    ]);
}
