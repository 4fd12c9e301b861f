import type { Clock, Log, Store } from '../ports.ts';
import type { Span } from './power-log.ts';

const FACT = 'amplifier-on';

const REST_BOOK = {
  /** While it is on: a power cut then loses no more than this, and a notice costs a few commits. */
  writeEveryMs: 60_000,
  /** Of a hall that switches without end the latest count; nobody waits for a fact of a megabyte. */
  spans: 300,
} as const;

export interface RestBookParts {
  store: Pick<Store, 'fact' | 'commit'>;
  clock: Pick<Clock, 'wall' | 'monotonic' | 'after'> & { readonly knowsTheTime: boolean };
  log: Log;
  /** What has been on lately in this boot; the last span is open while `isOn`. Instants are monotonic ms. */
  power: () => { spans: readonly Span[]; isOn: boolean };
  /** How long ago something matters, ms. */
  withinMs: number;
}

/** As it lies in the store: when it was written (epoch ms), whether the time was known then, and spans as ms before that. */
interface Written {
  at: number;
  isTimeKnown: boolean;
  spans: { endedAgo: number; ms: number }[];
}

/**
 * How long the amplifier was on before this boot: a power cut cools nothing at once. How long the power was away is known when
 * the time is; until then it is taken as not at all.
 */
export class RestBook {
  readonly #parts: RestBookParts;
  #earlier: Written = { at: 0, isTimeKnown: false, spans: [] };
  #loadedAt = 0;
  #forget: () => void = () => {};

  constructor(parts: RestBookParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    const { store, clock } = this.#parts;
    this.#earlier = readWritten(await store.fact(FACT));
    this.#loadedAt = clock.monotonic();
  }

  /** What was on before this boot, oldest first, on the monotonic clock of this one. */
  spans(): Span[] {
    const writtenAt = this.#writtenAt();
    return this.#earlier.spans.map(({ endedAgo, ms }) => ({
      onAt: writtenAt - endedAgo - ms,
      offAt: writtenAt - endedAgo,
    }));
  }

  /** It was switched; while it is on, it is written down again and again. */
  write(): void {
    const { store, clock, log, power, withinMs } = this.#parts;
    this.#forget();
    const { spans, isOn } = power();
    if (isOn) this.#forget = clock.after(REST_BOOK.writeEveryMs, () => this.write());
    const now = clock.monotonic();
    const all = [...this.spans(), ...spans].filter(({ offAt = now }) => offAt > now - withinMs);
    const words = all.slice(-REST_BOOK.spans).map(({ onAt, offAt }) => {
      // Until it is written again nobody knows whether it was on; that it was is the careful answer.
      const until = offAt ?? now + REST_BOOK.writeEveryMs;
      return `${Math.round(now - until)}:${Math.round(until - onAt)}`;
    });
    const fact = [clock.wall(), clock.knowsTheTime ? 1 : 0, ...words].join(' ');
    store
      .commit({ facts: { [FACT]: fact } })
      .catch((error: unknown) => log.warn({ error }, 'the rest of the amplifier could not be written down'));
  }

  stop(): void {
    this.#forget();
  }

  /** When it was written, on the monotonic clock of this boot. */
  #writtenAt(): number {
    const { clock } = this.#parts;
    const { at, isTimeKnown } = this.#earlier;
    if (!isTimeKnown || !clock.knowsTheTime) return this.#loadedAt;
    return Math.min(this.#loadedAt, clock.monotonic() - (clock.wall() - at));
  }
}

/** A fact that cannot be read is none. */
function readWritten(fact: string | undefined): Written {
  const [at, known, ...words] = (fact ?? '').split(' ');
  const spans = words.flatMap((word) => {
    const [endedAgo, ms] = word.split(':').map(Number);
    return Number.isFinite(endedAgo) && Number.isFinite(ms) ? [{ endedAgo: endedAgo ?? 0, ms: ms ?? 0 }] : [];
  });
  return { at: Number(at) || 0, isTimeKnown: known === '1', spans };
}
