import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import {
  filledIn,
  Order,
  type PlayOrder,
  type UnsignedOrder,
} from '../../firmware-protocol/content/order.ts';
import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import { ServerError } from '../errors.ts';
import type { Clock, Signer } from '../ports.ts';
import { preparedEnd } from './prepared-end.ts';

interface Needs {
  signer: Signer;
  clock: Pick<Clock, 'wall'>;
  newOrderId: () => string;
}

/** What the outbox has signed. Rejects as the signer: `signer-refused`, `signer-away`. */
export class OrderSigning {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Rejects `order-expired` too. */
  async inTime(unsigned: UnsignedOrder): Promise<Order> {
    if (epochMsOf(unsigned.expires_at) <= this.#needs.clock.wall()) throw new ServerError('order-expired');
    return this.#signed(unsigned);
  }

  /** Its stop or its all-clear, to be kept until somebody wants it. */
  async endOf(order: PlayOrder): Promise<Order> {
    return this.#signed(preparedEnd(order, this.#needs.newOrderId()));
  }

  /** A device without trusted time takes a live order only with the nonce of its boot (DESIGN 5): the same id, signed anew. */
  async forDevice(order: Order, state: DeviceState | null): Promise<Order> {
    const timeless = state !== null && (state.trust === 'none' || state.trust === 'floor');
    if (!timeless) return order;
    const { signature: _replaced, ...unsigned } = order;
    return this.#signed({ ...unsigned, boot_nonce: state.boot_nonce });
  }

  async #signed(unsigned: UnsignedOrder): Promise<Order> {
    return Order.parse(await this.#needs.signer.sign(filledIn(unsigned)));
  }
}
