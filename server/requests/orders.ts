import { isPlayOrder, type Order } from '../../firmware-protocol/content/order.ts';
import {
  ORDER_TARGETS_TOLD,
  type OrderRow,
  type OrdersAnswer,
  type OrdersRequest,
} from '../../firmware-protocol/mqtt/order-requests.ts';
import type { OperatorIdentity, RecentOrder } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';

/** What was ordered in the asker's areas, the newest first; or only what may still be on the air, or come. */
export async function orders(
  asker: OperatorIdentity,
  { live, kinds, before, limit }: OrdersRequest,
  { dispatch, clock }: RequestNeeds,
): Promise<OrdersAnswer> {
  const aliveAt = live ? clock.wall() : undefined;
  const [recent, ended] = await Promise.all([
    dispatch.recent(asker.areas, limit, { kinds, before, aliveAt }),
    dispatch.ended(),
  ]);
  const rows = recent.map((each) => rowOf(each, ended.get(each.order.id)));
  return { orders: live ? rows.filter(({ ended_by }) => ended_by === undefined) : rows };
}

function rowOf({ order, halls }: RecentOrder, endedBy: string | undefined): OrderRow {
  const { id, kind, by, approved_by, to, issued_at, expires_at } = order;
  return {
    ...{ order: id, kind, by, issued_at, expires_at, halls },
    ...{ to: to.slice(0, ORDER_TARGETS_TOLD), targets: to.length },
    ...(approved_by !== undefined && { approved_by }),
    ...(endedBy !== undefined && { ended_by: endedBy }),
    ...(isPlayOrder(order) ? saidIn(order) : endedIn(order)),
  };
}

function saidIn({
  announcement: { title },
  band,
  outputs,
  start_at,
}: Extract<Order, { band: number }>): Partial<OrderRow> {
  return { title, band, outputs, ...(start_at !== undefined && { start_at }) };
}

function endedIn(order: Order): Partial<OrderRow> {
  if (order.kind === 'all-clear') return { ends: order.clears };
  return order.kind === 'stop' ? { ends: order.stops } : {};
}
