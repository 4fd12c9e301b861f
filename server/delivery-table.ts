import type { AreaCode, DeviceId } from '../firmware-protocol/content/area.ts';
import type { Output } from '../firmware-protocol/content/band.ts';
import type { Order } from '../firmware-protocol/content/order.ts';
import type { Refusal } from '../firmware-protocol/content/report.ts';
import type { DeviceState } from '../firmware-protocol/mqtt/messages.ts';
import type { Fate, Fates, OrderState } from '../firmware-protocol/mqtt/order-requests.ts';
import type { AnswerTo } from '../firmware-protocol/mqtt/requests.ts';

/** Of one order to one device. */
export interface DeliveryKey {
  order: string;
  device: DeviceId;
}

export interface DeliveryRecord extends DeliveryKey {
  state: OrderState;
  refusal: Refusal | null;
  /** Outputs that the device took on; null until it accepted. */
  outputs: Output[] | null;
  outcomes: AnswerTo<'order'>['deliveries'][number]['outcomes'];
  sends: number;
  /** When it is to be sent again; null = no more. */
  nextAt: number | null;
  /** Of an ended one: whether it went as it was meant; null = it has not ended. */
  finished: boolean | null;
}

export interface DueDelivery {
  delivery: DeliveryRecord;
  order: Order;
  village: AreaCode;
  /** Last known state of the device. */
  state: DeviceState | null;
}

/**
 * What is asked of deliveries is answered as if each were written (`OrderTable.writeRows`); what changes many of them at once (`hurry`, `due`,
 * `expire`) sees those alone that are.
 */
export interface DeliveryTable {
  /**
   * Those of them that are there, each once; apart, whatever cannot be read. In a transaction nobody else changes these rows until its end,
   * nor waits for them in a ring.
   */
  those(keys: readonly DeliveryKey[]): Promise<{ readable: DeliveryRecord[]; damaged: DeliveryKey[] }>;
  /** Halls of `areas` by village, from the one after `after` (`village/device`) on. */
  page(
    order: string,
    about: {
      areas: readonly AreaCode[];
      fates?: Fate[] | undefined;
      after?: string | undefined;
      limit: number;
    },
  ): Promise<(DeliveryRecord & { village: AreaCode; name: string; fate: Fate })[]>;
  /** How many halls of `areas` by fate, and of how many more may come. */
  tally(order: string, areas: readonly AreaCode[]): Promise<{ fates: Fates; open: number }>;
  /** Makes due now what the halls of `areas` that are there have not answered; resolves with their number. */
  hurry(order: string, areas: readonly AreaCode[], now: number): Promise<number>;
  /** Replaces what is known of the answers: state, refusal, outputs, outcomes, nextAt, finished. */
  answered(deliveries: readonly DeliveryRecord[]): Promise<void>;
  /** One more send, unless it was answered meanwhile. */
  sent(order: string, device: DeviceId, nextAt: number): Promise<void>;
  /**
   * Unanswered, due, of orders still alive, to devices that are online. Due is also what waits beyond `latest`, longer
   * than anything is made to wait: the clock was set back.
   */
  due(now: number, latest: number, limit: number): Promise<DueDelivery[]>;
  /** Makes what the devices have not answered due now. */
  wake(devices: readonly DeviceId[], now: number): Promise<void>;
  /** Takes back from sending what `stop` ended and no broker has yet: it was issued before. The rest of it `writeRows` takes back. */
  halt(stop: Order): Promise<void>;
  expire(now: number): Promise<number>;
  /** How many are not answered, of all orders. */
  open(): Promise<{ waiting: number; sent: number }>;
}
