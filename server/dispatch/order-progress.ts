import type { z } from 'zod';
import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { isPlayOrder } from '../../firmware-protocol/content/order.ts';
import type { DeliveryRow, OrderAnswer, OrderRequest } from '../../firmware-protocol/mqtt/order-requests.ts';
import type { Tables } from '../tables.ts';

export interface ProgressQuestion extends Omit<OrderRequest, 'transaction'> {
  /** Of whoever asks: of other halls nothing is told. */
  areas: readonly AreaCode[];
}

/** How an order fares in some areas; undefined = there is no such order, or no hall of these areas in it. */
export async function progressOf(
  { orders, deliveries }: Pick<Tables, 'orders' | 'deliveries'>,
  { order: id, areas, fate, after, limit }: ProgressQuestion,
): Promise<OrderAnswer | undefined> {
  const order = (await orders.get(id))?.order;
  if (order === undefined) return undefined;
  const { fates, open } = await deliveries.tally(id, areas);
  if (Object.keys(fates).length === 0) return undefined;
  // One more than fits tells whether there is another page.
  const rows = await deliveries.page(id, { areas, fates: fate && [fate], after, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return {
    order: id,
    title: isPlayOrder(order) ? order.announcement.title : order.kind,
    expires_at: order.expires_at,
    fates,
    open,
    deliveries: page.map(shown),
    ...(last && { next: `${last.village}/${last.device}` }),
  };
}

type Row = Awaited<ReturnType<Tables['deliveries']['page']>>[number];

function shown({
  device,
  village,
  name,
  state,
  fate,
  refusal,
  outcomes,
  sends,
}: Row): z.infer<typeof DeliveryRow> {
  return { device, village, name, state, fate, ...(refusal !== null && { refusal }), outcomes, sends };
}
