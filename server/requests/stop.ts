import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import { isPlayOrder, type Order, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { StopAnswer, StopRequest } from '../../firmware-protocol/mqtt/requests.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTargets } from './targets.ts';

/** Whoever was away this long comes back to an order that has expired by itself, or to the end of its stop below. */
const STOP_LIFE_MS = 900_000;

/** Ends one order where it was sent, or everything below life-safety in some areas. Of an alert it is the all-clear. */
export async function stop(
  asker: OperatorIdentity,
  request: StopRequest,
  needs: RequestNeeds,
): Promise<StopAnswer> {
  const stopped = request.order === undefined ? undefined : await playOrder(request.order, needs);
  const to = request.to ?? stopped?.to ?? [];
  await refuseTargets(asker, to, 'to', needs);
  const now = needs.clock.wall();
  const dies = stopped === undefined ? now : epochMsOf(stopped.expires_at);
  const envelope = {
    format: 1 as const,
    id: needs.newOrderId(),
    to: [...new Set(to)],
    by: asker.user,
    issued_at: instantOf(now),
    expires_at: instantOf(Math.max(dies, now + STOP_LIFE_MS)),
  };
  const order = orderOf(envelope, stopped);
  const { devices } = await needs.dispatch.send(order);
  return { order: order.id, to: order.to, devices };
}

type Envelope = Pick<UnsignedOrder, 'format' | 'id' | 'to' | 'by' | 'issued_at' | 'expires_at'>;

function orderOf(envelope: Envelope, stopped: Order | undefined): UnsignedOrder {
  if (stopped?.kind === 'alert') return { ...envelope, kind: 'all-clear', clears: stopped.id };
  return { ...envelope, kind: 'stop', stops: stopped?.id ?? 'everything' };
}

async function playOrder(id: string, { dispatch }: RequestNeeds): Promise<Order> {
  const order = await dispatch.order(id);
  if (order !== undefined && isPlayOrder(order)) return order;
  const context = { order: id };
  throw new ServerError('unknown-order', {
    context,
    faults: [domainFault('order', 'unknown-order', context)],
  });
}
