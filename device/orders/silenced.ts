import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import { ORDER_LIMITS, type PlayOrder } from '../../firmware-protocol/content/order.ts';
import type { PlayId } from '../../firmware-protocol/content/report.ts';
import type { Claim, Store } from '../ports.ts';
import { ISSUED_AHEAD_MS } from './gate.ts';
import { broughtBack } from './marks-ahead.ts';

/** An order that is still on its way can be no older, and live no longer, than this. */
const REMEMBERED_MS = ORDER_LIMITS.lifeMs + ISSUED_AHEAD_MS;
const SINCE_FACT = 'stopped-everything';
/** Stops whose record is not durable yet; what is older is found in the store. */
const IN_FLIGHT_LIMIT = 256;

export type Silence = 'stopped' | 'cleared';

/**
 * What has been silenced, also before it arrived: a broker may deliver a stop ahead of its play (F18). A stop silences
 * all but alerts, an all-clear nothing but alerts.
 */
export class Silenced {
  readonly #store: Pick<Store, 'claim' | 'fact'>;
  readonly #inFlight = new Set<string>();
  /** Orders below life-safety that were issued up to here are stopped, epoch ms of the sender's clock. */
  #everythingUntil = 0;

  constructor(store: Pick<Store, 'claim' | 'fact'>) {
    this.#store = store;
  }

  async load(): Promise<void> {
    this.#everythingUntil = Math.max(
      this.#everythingUntil,
      Number((await this.#store.fact(SINCE_FACT)) ?? 0),
    );
  }

  /** Holds from now on, before anything is durable: a play whose claim is being written must not slip through. */
  hush(silence: Silence, play: PlayId): void {
    const name = recordOf(silence, play);
    this.#inFlight.delete(name);
    this.#inFlight.add(name);
    const [oldest] = this.#inFlight;
    if (this.#inFlight.size > IN_FLIGHT_LIMIT && oldest !== undefined) this.#inFlight.delete(oldest);
  }

  hushEverything(issuedAt: number): void {
    this.#everythingUntil = Math.max(this.#everythingUntil, issuedAt);
  }

  /** It is known to be `now`: what is said from here on is not stopped. */
  timeKnown(now: number): void {
    this.#everythingUntil = broughtBack(this.#everythingUntil, now);
  }

  /** The same as `hushEverything`, to be committed. */
  everythingFact(): Record<string, string> {
    return { [SINCE_FACT]: String(this.#everythingUntil) };
  }

  /** Rejects as the store does, unless what is in memory says enough. */
  async covers(order: PlayOrder): Promise<boolean> {
    if (this.coversInMemory(order)) return true;
    const record = await this.#store.claim(silenceNameOf(order), 'tower');
    // Asked again: a stop may have come while the store answered, and has found nothing to stop.
    return record !== undefined || this.coversInMemory(order);
  }

  /** Whether everything was stopped after an occurrence was claimed (`at`, epoch ms). */
  coversOccurrence(at: number): boolean {
    return at <= this.#everythingUntil;
  }

  /** What came in this boot. */
  coversInMemory(order: PlayOrder): boolean {
    if (this.#inFlight.has(silenceNameOf(order))) return true;
    return order.kind !== 'alert' && epochMsOf(order.issued_at) <= this.#everythingUntil;
  }
}

/** The durable form: a claim on a name that no play can have, since it holds a slash and no local time. */
export function silenceClaim(silence: Silence, play: PlayId, boot: number, now: number): Claim {
  return {
    play: recordOf(silence, play),
    output: 'tower',
    boot,
    at: now,
    keep_until: now + REMEMBERED_MS,
    state: 'ended',
    outcome: 'cancelled',
  };
}

/** The name under which a claim says that this order is silenced. */
export function silenceNameOf(order: PlayOrder): PlayId {
  return recordOf(order.kind === 'alert' ? 'cleared' : 'stopped', order.id);
}

function recordOf(silence: Silence, play: PlayId): PlayId {
  return `${silence}/${play}`;
}
