import { isPlayOrder, type Order } from '../../firmware-protocol/content/order.ts';
import { isServerError, ServerError } from '../errors.ts';
import { othersFirst } from '../others-first.ts';
import type { Broker, Clock, Log, Mandate, Random } from '../ports.ts';
import type { Database } from '../tables.ts';
import { topicsOf } from './addresses.ts';
import type { OrderSigning } from './order-signing.ts';
import { resendWaitMs } from './resend-schedule.ts';

interface Needs {
  db: Database;
  signing: Pick<OrderSigning, 'endOf'>;
  broker: Pick<Broker, 'publish'>;
  clock: Pick<Clock, 'wall'>;
  random: Random;
  mandate?: Pick<Mandate, 'holds' | 'tell'>;
  changed?: (order: string) => void;
  log: Log;
}

/** The way of orders to the broker, for whoever has the right to send. */
export class Departures {
  readonly #needs: Needs;
  /** Orders whose first publish is under way: a round must not send them a second time. */
  readonly #publishing = new Set<string>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * An order leaves for the first time; its end is signed meanwhile and kept with the mark that it has left, so that no alert waits for its own
   * end and nobody is told that it was sent before that is ready. `isNew`: it was stored a moment ago, and has no end yet. Rejects as `publish`.
   */
  async first(order: Order, { isNew }: { isNew: boolean }): Promise<void> {
    if (this.#publishing.has(order.id)) return;
    this.#publishing.add(order.id);
    const { db, changed } = this.#needs;
    const end = this.#unkeptEnd(order, isNew);
    try {
      await this.#publishToAll(order);
      // The broker in this process writes when this turn is over: an fsync before that would hold up every hall.
      await othersFirst();
      const ready = await end;
      await db.amongOthers(async ({ orders }) => {
        await orders.published(order.id, this.nextAt(1));
        if (ready !== undefined) await orders.prepareEnd(order.id, ready);
      });
      changed?.(order.id);
    } finally {
      this.#publishing.delete(order.id);
    }
  }

  /** Resolves when the broker took it on all of these topics. Rejects `not-in-charge`, `broker-down`. */
  async publish(topics: readonly string[], order: Order): Promise<void> {
    const payload = Buffer.from(JSON.stringify(order));
    // Right before: whoever was stopped anywhere above, and wakes, sends nothing.
    const { mandate, broker } = this.#needs;
    if (mandate !== undefined && !(await mandate.holds())) throw new ServerError('not-in-charge');
    // None waits for the acknowledgement of the one before.
    await Promise.all(topics.map((topic) => broker.publish({ topic, payload, qos: 1, retained: false })));
  }

  /** When it is sent again after so many sends, epoch ms. */
  nextAt(sends: number): number {
    return this.#needs.clock.wall() + resendWaitMs(sends, this.#needs.random.fraction());
  }

  /**
   * A broker that is away is no failure of the order: it is stored, and goes out when the broker is back. Nor is it one that another
   * server is the one who sends: it is told.
   */
  putOff(error: unknown, order?: string): void {
    if (isServerError(error, 'not-in-charge')) void this.#needs.mandate?.tell();
    else if (isServerError(error, 'broker-down'))
      this.#needs.log.warn({ order }, 'the broker is away; orders wait');
    else throw error;
  }

  async #publishToAll(order: Order): Promise<void> {
    await this.publish(await topicsOf(this.#needs.db, order.to), order);
  }

  /** Never rejects. Of one that was stored before, a server that died may not have come to its end. */
  async #unkeptEnd(order: Order, isNew: boolean): Promise<Order | undefined> {
    if (!isPlayOrder(order)) return undefined;
    const { db, signing, log } = this.#needs;
    // In this turn it leaves: to call the signer first costs an alert a millisecond.
    await othersFirst();
    try {
      if (!isNew && (await db.orders.preparedEnd(order.id)) !== undefined) return undefined;
      return await signing.endOf(order);
    } catch (error) {
      log.error({ error, order: order.id }, 'the end of an order could not be prepared');
      return undefined;
    }
  }
}
