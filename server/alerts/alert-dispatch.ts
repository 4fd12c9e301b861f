import type { Target } from '../../firmware-protocol/content/area.ts';
import type { UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import { isServerError } from '../errors.ts';
import type { Clock, Dispatch, Log } from '../ports.ts';
import { alertOrder, allClearOrder, targetsPerOrder } from './alert-orders.ts';
import type { AlertSummary } from './alert-records.ts';
import { soundOf } from './alert-sound.ts';
import { wordsFor } from './alert-words.ts';
import type { CapAlert } from './cap-schema.ts';
import type { Judgement } from './judge.ts';

interface Needs {
  dispatch: Pick<Dispatch, 'send' | 'order'>;
  sound: Parameters<typeof soundOf>[2];
  clock: Pick<Clock, 'wall'>;
  newId: () => string;
  log: Pick<Log, 'error'>;
}

export interface Sent {
  /** When the alert ends, epoch ms. */
  until: number;
  /** How many of its orders went out. */
  sent: number;
  /** Why others did not; nobody in a part of its area is no reason. */
  refusal: unknown;
}

/** Makes orders of alerts, and ends them. */
export class AlertDispatch {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** An id for each order that these targets need, made before the first is sent. */
  idsFor(to: readonly Target[]): string[] {
    return targetsPerOrder(to).map(() => this.#needs.newId());
  }

  /** Under the ids of the record: an order is sent once, however often this is called. */
  async send(record: AlertSummary, alert: CapAlert, { live }: Judgement, by: string): Promise<Sent> {
    const { clock, newId, sound } = this.#needs;
    const words = wordsFor(
      alert,
      live.map(({ info }) => info),
    );
    const media = await soundOf(words, by, sound);
    const now = clock.wall();
    const until = Math.max(...live.map((each) => each.until));
    const made = targetsPerOrder(record.to).map((to, index) =>
      alertOrder({ id: record.orders[index] ?? newId(), to, by, now, until }, words, media),
    );
    return { until, ...(await this.#sendAll(made)) };
  }

  async #sendAll(made: readonly UnsignedOrder[]): Promise<Omit<Sent, 'until'>> {
    let refusal: unknown;
    let sent = 0;
    for (const order of made) {
      try {
        await this.#sendOnce(order);
        sent += 1;
      } catch (error) {
        refusal = error;
        if (!isServerError(error, 'nobody-there')) break;
      }
    }
    const isNobody = sent > 0 && isServerError(refusal, 'nobody-there');
    return { sent, refusal: isNobody ? undefined : refusal };
  }

  async #sendOnce(order: UnsignedOrder): Promise<void> {
    if ((await this.#needs.dispatch.order(order.id)) === undefined) await this.#needs.dispatch.send(order);
  }

  /** An all-clear for each of its orders that is an alarm. */
  async silence({ orders }: AlertSummary, by: string): Promise<void> {
    const { dispatch, clock, newId, log } = this.#needs;
    for (const id of orders) {
      const order = await dispatch.order(id);
      if (order?.kind !== 'alert') continue;
      const clear = allClearOrder({ id: newId(), to: order.to, by, now: clock.wall() }, id);
      // One part of the country that cannot be told keeps no other from being told.
      await dispatch
        .send(clear)
        .catch((error: unknown) => log.error({ error, order: id }, 'an all-clear failed'));
    }
  }
}
