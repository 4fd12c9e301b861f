import type { UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { Dispatch } from '../dispatch/dispatch-port.ts';
import { isServerError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import { alertOrder, allClearOrder, targetsPerOrder } from './alert-orders.ts';
import { type AlertsConfig, areasOf } from './alert-policy.ts';
import type { AlertSummary, VillagePoints } from './alert-records.ts';
import { soundOf } from './alert-sound.ts';
import { targetsOf } from './alert-targets.ts';
import { furtherWords, wordsFor } from './alert-words.ts';
import type { CapAlert } from './cap-schema.ts';
import type { Judgement } from './judge.ts';
import { type Telling, tellingsOf } from './tellings.ts';

export interface DispatchNeeds {
  dispatch: Pick<Dispatch, 'send' | 'order'>;
  config: AlertsConfig;
  villages: VillagePoints;
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
  readonly #needs: DispatchNeeds;

  constructor(needs: DispatchNeeds) {
    this.#needs = needs;
  }

  /** What is told to whom, within the targets of the record. */
  tellings({ sender, to }: AlertSummary, { live }: Judgement): Promise<Telling[]> {
    const { config, villages } = this.#needs;
    const areas = areasOf(config, sender);
    return tellingsOf(live, to, async (info) => (await targetsOf([info], areas, villages)).to);
  }

  /** An id for each order that they need, made before the first is sent. */
  idsFor(tellings: readonly Telling[]): string[] {
    return tellings.flatMap(({ to }) => targetsPerOrder(to)).map(() => this.#needs.newId());
  }

  /** Under the ids of the record: an order is sent once, however often this is called. */
  async send(record: AlertSummary, alert: CapAlert, tellings: readonly Telling[], by: string): Promise<Sent> {
    const { clock, newId, sound, config } = this.#needs;
    const worded = await Promise.all(
      tellings.map(async ({ infos, to, until }) => {
        const words = wordsFor(alert, infos);
        const spoken = furtherWords(alert, infos, config.languages).map(async (each) => ({
          words: each,
          sound: await soundOf(each, by, sound),
        }));
        const [media, ...further] = await Promise.all([soundOf(words, by, sound), ...spoken]);
        return { words, media, further, to, until };
      }),
    );
    const now = clock.wall();
    const made = worded
      .flatMap(({ to, ...telling }) => targetsPerOrder(to).map((part) => ({ ...telling, to: part })))
      .map(({ words, media, further, to, until }, index) =>
        alertOrder({ id: record.orders[index] ?? newId(), to, by, now, until }, words, media, further),
      );
    const until = Math.max(...tellings.map((each) => each.until));
    return { until, ...(await this.#sendAll(made)) };
  }

  async #sendAll(made: readonly UnsignedOrder[]): Promise<Omit<Sent, 'until'>> {
    let refusal: unknown;
    let sent = 0;
    await inLanes(made, async (order) => {
      // What one was refused for, but that nobody is there, holds for those behind it too.
      if (refusal !== undefined && !isServerError(refusal, 'nobody-there')) return;
      try {
        await this.#sendOnce(order);
        sent += 1;
      } catch (error) {
        refusal = error;
      }
    });
    const isNobody = sent > 0 && isServerError(refusal, 'nobody-there');
    return { sent, refusal: isNobody ? undefined : refusal };
  }

  async #sendOnce(order: UnsignedOrder): Promise<void> {
    if ((await this.#needs.dispatch.order(order.id)) === undefined) await this.#needs.dispatch.send(order);
  }

  /** An all-clear for each of its orders that is an alarm. */
  async silence({ orders }: AlertSummary, by: string): Promise<void> {
    const { dispatch, clock, newId, log } = this.#needs;
    await inLanes(orders, async (id) => {
      const order = await dispatch.order(id);
      if (order?.kind !== 'alert') return;
      const clear = allClearOrder({ id: newId(), to: order.to, by, now: clock.wall() }, id);
      // One part of the country that cannot be told keeps no other from being told.
      await dispatch
        .send(clear)
        .catch((error: unknown) => log.error({ error, order: id }, 'an all-clear failed'));
    });
  }
}

/** While one order is stored the next is signed; more at a time gain nothing, and others want to send too. */
const LANES = 4;

async function inLanes<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = items.values();
  const lane = async () => {
    // One iterator for all of them: each takes what the others have not.
    for (const item of waiting) await work(item);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
}
