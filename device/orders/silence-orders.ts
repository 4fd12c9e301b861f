import { BANDS, OUTPUTS } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { PlayId } from '../../firmware-protocol/content/report.ts';
import type { Change, Claim } from '../ports.ts';
import { ended } from './ended.ts';
import { inTime } from './in-time.ts';
import { kindOfDocument } from './kept-order.ts';
import { ORDER_PATIENCE_MS, type OrderNeeds, type SilenceOrder } from './needs.ts';
import { lastMomentOf } from './play-of.ts';
import { type Silence, type Silenced, silenceClaim } from './silenced.ts';

/** Orders of this boot that are known again also while the store does not answer. */
const KNOWN_LIMIT = 256;

/** What came of one: why it was not carried out, if so; and whether that is durable. */
interface Known {
  against: string | undefined;
  isRecorded: boolean;
}

/** Carries out stops and all-clears: silence first, the record of it after. */
export class SilenceOrders {
  readonly #needs: OrderNeeds;
  readonly #silenced: Silenced;
  readonly #known = new Map<PlayId, Known>();

  constructor(needs: OrderNeeds, silenced: Silenced) {
    this.#needs = needs;
    this.#silenced = silenced;
  }

  /** Rejects with DeviceError when the record cannot be made durable; it is silent by then all the same. */
  async take(order: SilenceOrder): Promise<void> {
    const seen = { what: order.id, refused: 'seen' } as const;
    const before = this.#known.get(order.id);
    if (before?.isRecorded) return this.#needs.refuse(seen);
    const claim = this.#needs.store.claim(order.id, 'tower');
    const known = before ?? (await this.#carryOut(order, claim));
    // The store may say so later than silence could wait.
    if ((await claim) !== undefined) return this.#needs.refuse(seen);
    await this.#record(order, targetOf(order), known.against);
    known.isRecorded = true;
  }

  async #carryOut(order: SilenceOrder, claim: Promise<Claim | undefined>): Promise<Known> {
    const target = targetOf(order);
    const [seen, against] = await Promise.all([this.#inTime(claim), this.#whyNot(order, target)]);
    const known: Known = { against, isRecorded: seen !== undefined };
    this.#remember(order.id, known);
    if (known.isRecorded || against !== undefined) return known;
    this.#hush(order, target);
    await this.#needs.playout.stop(target, order.id);
    return known;
  }

  #remember(id: PlayId, known: Known): void {
    this.#known.set(id, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KNOWN_LIMIT && oldest !== undefined) this.#known.delete(oldest);
  }

  /** An alert ends by its all-clear alone, and an all-clear ends nothing else (DESIGN 5). */
  async #whyNot(order: SilenceOrder, target: PlayId | 'everything'): Promise<string | undefined> {
    const isAlert = target === 'everything' ? undefined : await this.#isAlert(target);
    if (order.kind === 'stop' && isAlert === true) return 'needs-all-clear';
    if (order.kind === 'all-clear' && isAlert === false) return 'not-an-alert';
    return undefined;
  }

  /** Asked of the playout first, which always answers; undefined = it is not here, nor remembered. */
  async #isAlert(play: PlayId): Promise<boolean | undefined> {
    const { playout, store } = this.#needs;
    const band = playout.bandOf(play);
    if (band !== undefined) return band >= BANDS.alert;
    const claims = Promise.all([store.claim(play, 'tower'), store.claim(play, 'panel')]);
    const [tower, panel] = (await this.#inTime(claims)) ?? [];
    const kind = kindOfDocument((tower ?? panel)?.document);
    return kind === undefined ? undefined : kind === 'alert';
  }

  #inTime<T>(answer: Promise<T>): Promise<T | undefined> {
    return inTime(this.#needs, ORDER_PATIENCE_MS.stop, answer);
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
