import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { Order, UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { OrderAnswer, OrderRequest } from '../../firmware-protocol/mqtt/order-requests.ts';
import type { AskedLine } from '../asker.ts';
import type { RecentOrder, WhichOrders } from '../ports.ts';

/** The outbox of orders as the other rooms see it. */
export interface Dispatch {
  /**
   * Signs, stores, then sends until answered or expired. `nobody-there`, `unknown-device`, `order-expired`. It is stored together with
   * the line that says who asked, both or neither, and leaves after that.
   */
  send(order: UnsignedOrder, asked?: AskedLine): Promise<{ order: Order; devices: number }>;
  /** The end of an order as it was signed together with it; undefined = there is none, or its time is over. */
  sendPreparedEnd(of: string, asked?: AskedLine): Promise<{ order: Order; devices: number } | undefined>;
  /** How an order fares; undefined = no such order in these areas. */
  progress(
    asked: Omit<OrderRequest, 'transaction'> & { areas: readonly AreaCode[] },
  ): Promise<OrderAnswer | undefined>;
  /** Sends now to the halls of `areas` that are there and have not answered; resolves with their number. */
  hurry(order: string, areas: readonly AreaCode[]): Promise<number>;
  /** The order as signed; undefined = no such order. */
  order(id: string): Promise<Order | undefined>;
  /** The last orders to halls in `areas`, newest first, and how those halls answered. */
  recent(areas: readonly AreaCode[], limit: number, only?: WhichOrders): Promise<RecentOrder[]>;
  /** What ended an order that has not expired: its id -> that of the stop or all-clear. */
  ended(): Promise<ReadonlyMap<string, string>>;
}
