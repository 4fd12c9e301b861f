import { filledIn, type Order, type UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import { madeAtMs } from '../../firmware-protocol/content/ulid.ts';
import type { PushAnswer } from '../../firmware-protocol/mqtt/requests.ts';
import { contentHash } from '../approvals/held-order.ts';
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import { pushed } from './push-answer.ts';
import type { RequestNeeds } from './request-row.ts';

/** Ids sort by their time: one of a clock that is far off would stand at the wrong place in every list. */
const OLD_MS = 24 * 3_600_000;
const AHEAD_MS = 10 * 60_000;

/**
 * An order under an id that its sender chose: undefined = it is new. Whoever got no answer sends it again and is answered as the
 * first time. Throws `order-id-used` where the id belongs to something else, `order-id-time`.
 */
export async function takenBefore(
  order: UnsignedOrder,
  asker: Asker,
  needs: RequestNeeds,
): Promise<PushAnswer | undefined> {
  const sent = await needs.dispatch.order(order.id);
  if (sent !== undefined) {
    refuseAnother(order, bare(sent), asker);
    return pushed(sent, { sent: { order: sent, devices: await devicesOf(order.id, asker, needs) } });
  }
  const held = await needs.approvals.get(order.id);
  if (held !== undefined) {
    if (!('order' in held)) throw used(order.id);
    refuseAnother(order, held.order, asker);
    return pushed(held.order, { held });
  }
  const age = needs.clock.wall() - madeAtMs(order.id);
  if (age > OLD_MS || age < -AHEAD_MS) throw refused('order-id-time', order.id);
  return undefined;
}

function refuseAnother(order: UnsignedOrder, known: UnsignedOrder, { user }: Asker): void {
  if (known.by !== user || contentHash(known) !== contentHash(filledIn(order))) throw used(order.id);
}

function bare({ signature: _its, ...order }: Order): UnsignedOrder {
  return order;
}

async function devicesOf(order: string, { areas }: Asker, { dispatch }: RequestNeeds): Promise<number> {
  const { fates = {} } = (await dispatch.progress({ order, areas, limit: 1 })) ?? {};
  return Object.values(fates).reduce((sum, count) => sum + (count ?? 0), 0);
}

const used = (order: string) => refused('order-id-used', order);

function refused(code: 'order-id-used' | 'order-id-time', order: string): ServerError {
  const context = { order };
  return new ServerError(code, { context, faults: [domainFault('order', code, context)] });
}
