import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import {
  ORDER_LIMITS,
  type Order,
  type PlayOrder,
  type UnsignedOrder,
} from '../../firmware-protocol/content/order.ts';

/** A hall that was away comes back to the end of it, too. */
const OUTLIVES_MS = 900_000;

/**
 * The stop or, of an alert, the all-clear of an order, to be signed at the same moment: in January 2018 Hawaii took 38
 * minutes to take back a false alert, because there was nothing ready to send.
 */
export function preparedEnd(order: PlayOrder, id: string): UnsignedOrder {
  const issuedMs = epochMsOf(order.issued_at);
  const expiresMs = Math.min(epochMsOf(order.expires_at) + OUTLIVES_MS, issuedMs + ORDER_LIMITS.lifeMs);
  const envelope = {
    format: 1 as const,
    id,
    to: order.to,
    by: order.by,
    issued_at: order.issued_at,
    expires_at: instantOf(expiresMs),
  };
  return order.kind === 'alert'
    ? { ...envelope, kind: 'all-clear', clears: order.id }
    : { ...envelope, kind: 'stop', stops: order.id };
}

/** The order that this one ends, and its own id; empty for what ends none by name. */
export function endOf(order: Order): [ended: string, by: string][] {
  if (order.kind === 'all-clear') return [[order.clears, order.id]];
  return order.kind === 'stop' && order.stops !== 'everything' ? [[order.stops, order.id]] : [];
}
