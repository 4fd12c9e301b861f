import { epochMsOf } from '../../../firmware-protocol/content/instant.ts';
import type { Order } from '../../../firmware-protocol/content/order.ts';
import { type Connection, type RawBuilder, sql } from './connection.ts';
import { isHeld } from './held-rows.ts';

/** Not answered by a report yet. In these very words, not as bound values: so an index of nothing but these serves it. */
export const IS_UNANSWERED = sql<boolean>`deliveries.state in ('waiting', 'sent')`;

/** Of a row of `orders`: a stop or an all-clear ends it, which was issued later; undefined = this order ends none. */
export function isEndedBy(end: Order): RawBuilder<boolean> | undefined {
  const named = end.kind === 'stop' ? end.stops : end.kind === 'all-clear' ? end.clears : undefined;
  if (named === undefined) return undefined;
  const kinds = end.kind === 'all-clear' ? sql`('alert')` : sql`('announce', 'test')`;
  const before = sql<boolean>`(orders.issued_at <= ${epochMsOf(end.issued_at)} and orders.kind in ${kinds})`;
  return named === 'everything' ? before : sql`(${before} and orders.id = ${named})`;
}

/** What was ended is sent no more to those halls that have not answered it; `areThey` says of a row of `devices` whether it is one of them. */
export async function haltAmong(
  db: Connection,
  isEnded: RawBuilder<boolean>,
  areThey: RawBuilder<boolean>,
): Promise<void> {
  const isOfThem = sql<boolean>`${IS_UNANSWERED}
    and deliveries.order_id in (select orders.id from orders where ${isEnded})
    and deliveries.device in (select devices.id from devices where ${areThey})`;
  await db
    .updateTable('deliveries')
    .set({ next_at: null })
    .where(isHeld(db, 'deliveries', isOfThem))
    .execute();
}
