import type { Band } from '../../firmware-protocol/content/band.ts';
import { thaiDayOf } from '../../firmware-protocol/content/site-laws.ts';
import type { Clock, Store } from '../ports.ts';

const FACT = 'sounded';

export interface MinutesUsedParts {
  store: Pick<Store, 'fact' | 'commit'>;
  clock: Pick<Clock, 'wall'>;
  /** Whether the wall clock may say which day it is. */
  isTimeKnown: () => boolean;
  failed: (error: unknown) => void;
}

/** How long each band has sounded today, over restarts. A day is one of the Thai calendar. */
export class MinutesUsed {
  readonly #parts: MinutesUsedParts;
  #day = 0;
  readonly #ms = new Map<Band, number>();

  constructor(parts: MinutesUsedParts) {
    this.#parts = parts;
  }

  async load(): Promise<void> {
    const [day, ...bands] = ((await this.#parts.store.fact(FACT)) ?? '').split(' ');
    this.#day = Number(day) || 0;
    for (const each of bands) {
      const [band, ms] = each.split(':').map(Number);
      if (Number.isFinite(band) && Number.isFinite(ms)) this.#add(band as Band, ms ?? 0);
    }
  }

  today(): ReadonlyMap<Band, number> {
    this.#turn();
    return this.#ms;
  }

  sounded(band: Band, ms: number): void {
    this.#turn();
    this.#add(band, ms);
    const bands = [...this.#ms].map(([each, used]) => `${each}:${Math.round(used)}`);
    const fact = [this.#day, ...bands].join(' ');
    this.#parts.store.commit({ facts: { [FACT]: fact } }).catch(this.#parts.failed);
  }

  #add(band: Band, ms: number): void {
    this.#ms.set(band, (this.#ms.get(band) ?? 0) + ms);
  }

  /** While the time is not known, it goes on being the day that it was. */
  #turn(): void {
    if (!this.#parts.isTimeKnown()) return;
    const day = thaiDayOf(this.#parts.clock.wall());
    if (day === this.#day) return;
    this.#day = day;
    this.#ms.clear();
  }
}
