import { isPlayOrder, Order, type OrderKind, type PlayOrder } from '../../firmware-protocol/content/order.ts';

/** The order a claim kept, verified when it was claimed; undefined = none, or a later version of us cannot read it. */
export function keptOrder(document: string | undefined): PlayOrder | undefined {
  const order = parse(document);
  return order !== undefined && isPlayOrder(order) ? order : undefined;
}

export function kindOfDocument(document: string | undefined): OrderKind | undefined {
  return parse(document)?.kind;
}

function parse(document: string | undefined): Order | undefined {
  if (document === undefined) return undefined;
  try {
    return Order.safeParse(JSON.parse(document)).data;
  } catch {
    return undefined;
  }
}
