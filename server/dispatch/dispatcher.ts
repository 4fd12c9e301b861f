import type { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Order, UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { OrderAnswer } from '../../firmware-protocol/mqtt/order-requests.ts';
import type { AskedLine } from '../asker.ts';
import { ServerError } from '../errors.ts';
import { othersFirst } from '../others-first.ts';
import type {
  Broker,
  Clock,
  HeardEvent,
  Log,
  Mandate,
  Random,
  RecentOrder,
  Signer,
  WhichOrders,
} from '../ports.ts';
import type { Database, Tables } from '../tables.ts';
import { devicesIn, deviceTopic } from './addresses.ts';
import { AT_ONCE } from './answers.ts';
import { Departures } from './departures.ts';
import type { Dispatch } from './dispatch-port.ts';
import { type ProgressQuestion, progressOf } from './order-progress.ts';
import { OrderSigning } from './order-signing.ts';
import { endOf } from './prepared-end.ts';
import { longestWaitMs, RESEND } from './resend-schedule.ts';
import { takeAnswers } from './take-answers.ts';

/** Stops and all-clears live as long as what they end; a nation gives fewer orders in a day. */
const ENDS_LOOKED_THROUGH = 5_000;

interface Needs {
  db: Database;
  signer: Signer;
  broker: Pick<Broker, 'publish'>;
  clock: Clock;
  random: Random;
  newOrderId: () => string;
  /** Absent: nobody else sends what is in this database. */
  mandate?: Pick<Mandate, 'holds' | 'tell'>;
  /** Told of each order that something may have become of, also before that is durable. */
  changed?: (order: string) => void;
  log: Log;
}

/**
 * The outbox of orders. An order is stored before it is first sent, and who it is for with it; one delivery per device is written behind it,
 * a thousand at a time. Brokers lose messages (a PUBACK is not delivery), so it is sent again to each device that is there, until the
 * device's own report answers.
 */
export class Dispatcher implements Dispatch {
  readonly #needs: Needs;
  readonly #signing: OrderSigning;
  readonly #departures: Departures;
  #cancelTimer: (() => void) | undefined;
  /** The next round was put off, or brought forward, for an order that leaves. */
  #givesWay = false;
  #round: Promise<void> | undefined;
  #again = false;
  #running = false;

  constructor(needs: Needs) {
    this.#needs = needs;
    this.#signing = new OrderSigning(needs);
    this.#departures = new Departures({ ...needs, signing: this.#signing });
  }

  start(): void {
    this.#running = true;
    this.#kick();
  }

  async stop(): Promise<void> {
    this.#running = false;
    this.#cancelTimer?.();
    await this.#round;
  }

  async send(unsigned: UnsignedOrder, asked?: AskedLine): Promise<{ order: Order; devices: number }> {
    return this.#sendSigned(await this.#signing.inTime(unsigned), asked);
  }

  async sendPreparedEnd(
    of: string,
    asked?: AskedLine,
  ): Promise<{ order: Order; devices: number } | undefined> {
    const { db, clock } = this.#needs;
    const end = await db.orders.preparedEnd(of);
    if (end === undefined || epochMsOf(end.expires_at) <= clock.wall()) return undefined;
    const sent = await db.orders.get(end.id);
    return sent === undefined ? this.#sendSigned(end, asked) : { order: end, devices: 0 };
  }

  async #sendSigned(order: Order, asked?: AskedLine): Promise<{ order: Order; devices: number }> {
    const store = (tables: Tables) => stored(tables, order);
    const isThere = async ({ orders }: Tables) => (await orders.get(order.id)) !== undefined;
    const devices = await (asked?.with(store) ?? this.#needs.db.amongOthers(store, isThere));
    this.#giveWay();
    await this.#departures
      .first(order, { isNew: true })
      .catch((error: unknown) => this.#departures.putOff(error, order.id));
    return { order, devices };
  }

  async order(id: string): Promise<Order | undefined> {
    return (await this.#needs.db.orders.get(id))?.order;
  }

  recent(areas: readonly AreaCode[], limit: number, only?: WhichOrders): Promise<RecentOrder[]> {
    return this.#needs.db.orders.recent(areas, limit, only);
  }

  async ended(): Promise<ReadonlyMap<string, string>> {
    const alive = await this.#needs.db.orders.alive(this.#needs.clock.wall(), ENDS_LOOKED_THROUGH);
    return new Map(alive.flatMap((order) => endOf(order)));
  }

  progress(asked: ProgressQuestion): Promise<OrderAnswer | undefined> {
    return progressOf(this.#needs.db, asked);
  }

  async hurry(order: string, areas: readonly AreaCode[]): Promise<number> {
    const { db, clock } = this.#needs;
    while (await this.#writeSomeRows());
    const halls = await db.deliveries.hurry(order, areas, clock.wall());
    this.#kick();
    return halls;
  }

  /** Devices reported; in the transaction that stores the reports, so both are known or neither. */
  async heard(tables: Pick<Tables, 'deliveries'>, events: readonly HeardEvent[]): Promise<void> {
    const answered = await takeAnswers(tables.deliveries, events, this.#needs.log);
    for (const order of new Set(answered.map(({ order }) => order))) this.#needs.changed?.(order);
    if (answered.some(({ nextAt }) => nextAt === AT_ONCE)) this.#kick();
  }

  /** Devices came (back): what they have not answered goes out now, not at its next turn. */
  async devicesOnline(devices: readonly DeviceId[]): Promise<void> {
    await this.#needs.db.deliveries.wake(devices, this.#needs.clock.wall());
    this.#kick();
  }

  /** The right to send came, or another server stored what is to be sent. */
  inCharge(): void {
    this.#kick();
  }

  /** The broker is there (again). */
  brokerUp(): void {
    this.#kick();
  }

  /** Runs a round now; one at a time, and once more when kicked meanwhile. */
  #kick(): void {
    if (!this.#running) return;
    if (this.#round !== undefined) {
      this.#again = true;
      return;
    }
    this.#cancelTimer?.();
    this.#givesWay = false;
    this.#again = false;
    this.#round = this.#sendDue()
      .catch((error: unknown) => this.#needs.log.error({ error }, 'a round of sending failed'))
      .finally(() => {
        this.#round = undefined;
        if (this.#again) this.#kick();
        else if (this.#running) this.#roundIn(RESEND.roundSeconds * 1_000);
      });
  }

  /** An order leaves: no round before the broker has told it to all, unless somebody cannot wait for that. Many in a row put it off once. */
  #giveWay(): void {
    if (!this.#running || this.#round !== undefined || this.#givesWay) return;
    this.#givesWay = true;
    this.#cancelTimer?.();
    this.#roundIn(RESEND.rowsAfter_ms);
  }

  #roundIn(ms: number): void {
    this.#cancelTimer = this.#needs.clock.after(ms, () => this.#kick());
  }

  async #sendDue(): Promise<void> {
    const { db, clock, mandate } = this.#needs;
    if (mandate !== undefined && !(await mandate.holds())) return;
    await this.#publishNew();
    while (this.#running && (await this.#writeSomeRows())) if (this.#again) await this.#publishNew();
    // What is sent again, and what expires, is what has its row, and nothing that an end takes back.
    if (!this.#running) return;
    await db.deliveries.expire(clock.wall());
    try {
      const latest = clock.wall() + longestWaitMs();
      for (const due of await db.deliveries.due(clock.wall(), latest, RESEND.perRound)) {
        const document = await this.#signing.forDevice(due.order, due.state);
        await this.#departures.publish([deviceTopic(due.delivery.device, due.village)], document);
        await db.deliveries.sent(
          due.order.id,
          due.delivery.device,
          this.#departures.nextAt(due.delivery.sends + 1),
        );
        this.#needs.changed?.(due.order.id);
      }
    } catch (error) {
      this.#departures.putOff(error);
    }
  }

  async #publishNew(): Promise<void> {
    const { db, clock } = this.#needs;
    try {
      for (const order of await db.orders.unpublished(clock.wall()))
        await this.#departures.first(order, { isNew: false });
    } catch (error) {
      this.#departures.putOff(error);
    }
  }

  /** False: there were none. */
  async #writeSomeRows(): Promise<boolean> {
    const some = await this.#needs.db.amongOthers(({ orders }) => orders.writeRows(RESEND.rowsAtOnce));
    if (some) await othersFirst();
    return some;
  }
}

/** Resolves with the number of its halls. Throws `unknown-device`, `nobody-there`. */
async function stored(tables: Tables, order: Order): Promise<number> {
  await refuseUnknownDevices(tables, order);
  const count = await tables.orders.add(order);
  if (count === 0) throw new ServerError('nobody-there', { context: { areas: order.to.join(', ') } });
  await tables.deliveries.halt(order);
  return count;
}

async function refuseUnknownDevices(tables: Tables, order: Order): Promise<void> {
  const named = devicesIn(order.to);
  const known = await tables.devices.speakers(named);
  const device = named.find((each) => !known.has(each));
  if (device !== undefined) throw new ServerError('unknown-device', { context: { device } });
}
