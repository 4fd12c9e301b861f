import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import { isPlayOrder, type Order, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { StopAnswer, StopRequest } from '../../firmware-protocol/mqtt/requests.ts';
import type { Asker } from '../asker.ts';
import { isServerError } from '../errors.ts';
import { resolvedTargets } from './groups.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTargets } from './targets.ts';
import { unknownOrder } from './unknown-order.ts';

/** Whoever was away this long comes back to an order that has expired by itself, or to the end of its stop below. */
const STOP_LIFE_MS = 900_000;

/** Ends one order where it was sent, or everything below life-safety in some areas. Of an alert it is the all-clear. */
export async function stop(asker: Asker, request: StopRequest, needs: RequestNeeds): Promise<StopAnswer> {
  const stopped = request.order === undefined ? undefined : await playOrder(request.order, needs);
  const to = request.to === undefined ? (stopped?.to ?? []) : await resolvedTargets(request.to, 'to', needs);
  await refuseTargets(asker, to, 'to', needs);
  const now = needs.clock.wall();
  const dies = stopped === undefined ? now : epochMsOf(stopped.expires_at);
  const envelope = {
    format: 1 as const,
    id: needs.newOrderId(),
    to,
    by: asker.user,
    issued_at: instantOf(now),
    expires_at: instantOf(Math.max(dies, now + STOP_LIFE_MS)),
  };
  const { order, devices } = await needs.dispatch
    .send(orderOf(envelope, stopped), asker.asked)
    .catch((error: unknown) => endedAsPrepared(error, asker, request, needs));
  return { order: order.id, to: order.to, devices };
}

/**
 * What could not be signed now was signed with the order: a signer that is away keeps no false alert on the air. Whatever the
 * request itself is refused for, it stays refused.
 */
async function endedAsPrepared(
  error: unknown,
  { asked }: Asker,
  { order, to }: StopRequest,
  { dispatch }: RequestNeeds,
): ReturnType<RequestNeeds['dispatch']['send']> {
  const prepared =
    order === undefined || to !== undefined || (isServerError(error) && !isServerError(error, 'signer-away'))
      ? undefined
      : await dispatch.sendPreparedEnd(order, asked);
  if (prepared === undefined) throw error;
  return prepared;
}

type Envelope = Pick<UnsignedOrder, 'format' | 'id' | 'to' | 'by' | 'issued_at' | 'expires_at'>;

function orderOf(envelope: Envelope, stopped: Order | undefined): UnsignedOrder {
  if (stopped?.kind === 'alert') return { ...envelope, kind: 'all-clear', clears: stopped.id };
  return { ...envelope, kind: 'stop', stops: stopped?.id ?? 'everything' };
}

async function playOrder(id: string, { dispatch }: RequestNeeds): Promise<Order> {
  const order = await dispatch.order(id);
  if (order === undefined || !isPlayOrder(order)) throw unknownOrder(id);
  return order;
}
