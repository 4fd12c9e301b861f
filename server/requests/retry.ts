import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import {
  isPlayOrder,
  ORDER_LIMITS,
  type PlayOrder,
  type UnsignedOrder,
} from '../../firmware-protocol/content/order.ts';
import type { Fate, RetryAnswer, RetryRequest } from '../../firmware-protocol/mqtt/order-requests.ts';
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import type { OperatorIdentity } from '../ports.ts';
import { isTouchedBy } from './alert-sight.ts';
import { pushed } from './push-answer.ts';
import type { RequestNeeds } from './request-row.ts';
import { unknownOrder } from './unknown-order.ts';

/** They did not hear it, as far as anybody knows. */
const UNHEARD: Fate[] = ['silent', 'expired'];
/** More halls than this are an area, and an area is one message on the broker: that is a push. */
const HALLS_MOST = 2_000;

/** Once more to the halls that did not answer, and to no other. */
export async function retry(asker: Asker, request: RetryRequest, needs: RequestNeeds): Promise<RetryAnswer> {
  const order = await needs.dispatch.order(request.order);
  if (order === undefined || !isPlayOrder(order) || !(await isTouchedBy(asker, order.to, needs)))
    throw unknownOrder(request.order);
  if (epochMsOf(order.expires_at) > needs.clock.wall())
    return { hurried: await needs.dispatch.hurry(order.id, asker.areas), orders: [] };
  const halls = await unheardBy(asker, order, needs);
  const orders: RetryAnswer['orders'] = [];
  for (let at = 0; at < halls.length; at += ORDER_LIMITS.targets) {
    const some = halls.slice(at, at + ORDER_LIMITS.targets);
    // It was agreed to once, with the password; what frightens or wakes people is agreed to again.
    const next = again(order, some, asker.user, request, needs);
    const {
      devices,
      order: id,
      waits,
    } = pushed(next, await needs.approvals.submit(next, { ...asker, proved: true }));
    orders.push({ order: id, devices, ...(waits !== undefined && { waits }) });
  }
  return { hurried: 0, orders };
}

async function unheardBy(
  { areas }: OperatorIdentity,
  { id }: PlayOrder,
  needs: RequestNeeds,
): Promise<string[]> {
  const halls: string[] = [];
  for (const fate of UNHEARD) {
    const page = await needs.dispatch.progress({ order: id, areas, fate, limit: HALLS_MOST });
    if (page === undefined) throw unknownOrder(id);
    halls.push(...page.deliveries.map(({ device }) => device));
    if (page.next !== undefined || halls.length > HALLS_MOST)
      throw new ServerError('too-many-silent', { context: { limit: HALLS_MOST } });
  }
  return halls;
}

/** Now, under another id: the old one is claimed for ever where it was played. */
function again(
  order: PlayOrder,
  halls: string[],
  by: string,
  { expires_in_s }: RetryRequest,
  { clock, newOrderId }: RequestNeeds,
): UnsignedOrder {
  const { signature: _old, start_at: _past, boot_nonce: _none, approved_by: _then, ...said } = order;
  const now = clock.wall();
  return {
    ...said,
    id: newOrderId(),
    to: halls.map((device) => `device/${device}`),
    by,
    issued_at: instantOf(now),
    expires_at: instantOf(now + expires_in_s * 1_000),
  };
}
