import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import { ORDER_LIMITS, type PlayOrder, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';

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
