import { OUTPUTS } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { OrderKind } from '../../firmware-protocol/content/order.ts';
import type { PlayId } from '../../firmware-protocol/content/report.ts';
import type { Change, Claim } from '../ports.ts';
import { ended } from './ended.ts';
import { kindOfDocument } from './kept-order.ts';
import type { OrderNeeds, SilenceOrder } from './needs.ts';
import { lastMomentOf } from './play-of.ts';
import { type Silence, type Silenced, silenceClaim } from './silenced.ts';

/** Carries out stops and all-clears: silence first, the record of it after. */
export class SilenceOrders {
  readonly #needs: OrderNeeds;
  readonly #silenced: Silenced;

  constructor(needs: OrderNeeds, silenced: Silenced) {
    this.#needs = needs;
    this.#silenced = silenced;
  }

  /** Rejects with DeviceError when the record cannot be made durable; it is silent by then all the same. */
  async take(order: SilenceOrder): Promise<void> {
    const { store, refuse, playout } = this.#needs;
    if ((await store.claim(order.id, 'tower')) !== undefined)
      return refuse({ what: order.id, refused: 'seen' });
    const target = targetOf(order);
    const against = await this.#whyNot(order, target);
    if (against === undefined) {
      this.#hush(order, target);
      await playout.stop(target, order.id);
    }
    await this.#record(order, target, against);
  }

  /** An alert ends by its all-clear alone, and an all-clear ends nothing else (DESIGN 5). */
  async #whyNot(order: SilenceOrder, target: PlayId | 'everything'): Promise<string | undefined> {
    const kind = target === 'everything' ? undefined : await this.#kindOf(target);
    if (kind === undefined) return undefined;
    if (order.kind === 'stop' && kind === 'alert') return 'needs-all-clear';
    if (order.kind === 'all-clear' && kind !== 'alert') return 'not-an-alert';
    return undefined;
  }

  /** What the target is, where it was accepted and is still remembered. */
  async #kindOf(play: PlayId): Promise<OrderKind | undefined> {
    const { store } = this.#needs;
    const claim = (await store.claim(play, 'tower')) ?? (await store.claim(play, 'panel'));
    return kindOfDocument(claim?.document);
  }

  #hush(order: SilenceOrder, target: PlayId | 'everything'): void {
    if (target === 'everything') this.#silenced.hushEverything(epochMsOf(order.issued_at));
    else this.#silenced.hush(silenceOf(order), target);
  }

  async #record(order: SilenceOrder, target: PlayId | 'everything', against?: string): Promise<void> {
    const { journal, here } = this.#needs;
    const { now } = here();
    const outcome = against === undefined ? 'finished' : 'rejected';
    await journal.record(
      [
        { type: 'accepted', play: order.id, kind: order.kind, outputs: [...OUTPUTS] },
        ...OUTPUTS.map((output) => ended(order.id, output, outcome, now, against)),
      ],
      this.#remembered(order, target, against === undefined),
    );
  }

  /** The order itself, so that a copy of it is known again, and what it silenced. */
  #remembered(order: SilenceOrder, target: PlayId | 'everything', done: boolean): Change {
    const { boot, here } = this.#needs;
    const { now } = here();
    const seen: Claim = {
      play: order.id,
      output: 'tower',
      boot,
      at: now,
      keep_until: lastMomentOf(order, here()),
      state: 'ended',
      outcome: done ? 'finished' : 'rejected',
    };
    if (!done) return { claims: [seen] };
    if (target === 'everything') return { claims: [seen], facts: this.#silenced.everythingFact() };
    return { claims: [seen, silenceClaim(silenceOf(order), target, boot, now)] };
  }
}

function targetOf(order: SilenceOrder): PlayId | 'everything' {
  return order.kind === 'stop' ? order.stops : order.clears;
}

function silenceOf(order: SilenceOrder): Silence {
  return order.kind === 'stop' ? 'stopped' : 'cleared';
}
