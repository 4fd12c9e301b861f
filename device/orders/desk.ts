import { isPlayOrder, type Order } from '../../firmware-protocol/content/order.ts';
import { isRefused, type Refused, viaOf } from '../keys/document.ts';
import { ClockWait } from './clock-wait.ts';
import { type Arrival, examine } from './gate.ts';
import { Lane } from './lane.ts';
import { bringBackMarks } from './marks-ahead.ts';
import type { OrderNeeds, SilenceOrder, VerifiedPlay } from './needs.ts';
import { PlayOrders } from './play-orders.ts';
import { SilenceOrders } from './silence-orders.ts';
import { Silenced } from './silenced.ts';

/** Orders that may wait for the store. A village gets a few orders a day; a flood is refused, not kept. */
const ORDER_QUEUE_LIMIT = 64;

/**
 * Takes orders from the wire. Plays are made durable one after the other; stops and alerts go past them on lanes of
 * their own, because silence must come within a second also while a slow card is still writing (F8).
 */
export class OrderDesk {
  readonly #needs: OrderNeeds;
  /** Shared with the restart: what was stopped stays stopped. */
  readonly silenced: Silenced;
  readonly #clockWait: ClockWait;
  readonly #plays: Lane<VerifiedPlay>;
  readonly #alerts: Lane<VerifiedPlay>;
  readonly #silences: Lane<SilenceOrder>;

  constructor(needs: OrderNeeds) {
    this.#needs = needs;
    this.silenced = new Silenced(needs.store);
    this.#clockWait = new ClockWait(needs.clock, (each) => this.#settle(each, examine(each, needs.here())));
    const plays = new PlayOrders(needs, this.silenced);
    const silences = new SilenceOrders(needs, this.silenced);
    this.#plays = new Lane(ORDER_QUEUE_LIMIT, (each) => plays.take(each), needs.failed);
    this.#alerts = new Lane(ORDER_QUEUE_LIMIT, (each) => plays.take(each), needs.failed);
    this.#silences = new Lane(ORDER_QUEUE_LIMIT, (each) => silences.take(each), needs.failed);
  }

  async load(): Promise<void> {
    await this.silenced.load();
  }

  /** Judges one arrival and queues it; what it leads to comes later. Returns why it was turned away, if it was at once. */
  take(message: Arrival): Refused | undefined {
    const examined = examine(message, this.#needs.here());
    const waits =
      isRefused(examined) && examined.refused === 'clock-unknown' && this.#clockWait.hold(message);
    return waits ? undefined : this.#settle(message, examined);
  }

  /** The clock has become known: what waited for it is judged now. */
  clockKnown(): void {
    this.#clockWait.release();
  }

  /** The server has told the time: nobody is believed above it. */
  serverTold(): void {
    const { now } = this.#needs.here();
    this.silenced.timeKnown(now);
    bringBackMarks(this.#needs, now).catch(this.#needs.failed);
  }

  #settle(message: Arrival, examined: ReturnType<typeof examine>): Refused | undefined {
    const refused = isRefused(examined) ? examined : this.#queue(examined.order, message);
    if (refused !== undefined) this.#needs.refuse({ ...refused, ...viaOf(message) });
    return refused;
  }

  /** Resolves when every order taken so far has been accepted or refused. */
  async idle(): Promise<void> {
    this.#clockWait.release();
    await Promise.all([this.#plays, this.#alerts, this.#silences].map((lane) => lane.idle()));
  }

  /** Resolves when the orders in hand now are done. Unlike `idle` it ends nobody's patience. */
  async turned(): Promise<void> {
    await Promise.all([this.#plays, this.#alerts, this.#silences].map((lane) => lane.turned()));
  }

  #queue(order: Order, message: Arrival): Refused | undefined {
    return this.#offer(order, message) ? undefined : { what: order.id, refused: 'queue-full' };
  }

  #offer(order: Order, message: Arrival): boolean {
    if (!isPlayOrder(order)) return this.#silences.offer(order);
    const lane = order.kind === 'alert' ? this.#alerts : this.#plays;
    return lane.offer({ order, document: new TextDecoder().decode(message.payload), ...viaOf(message) });
  }
}
