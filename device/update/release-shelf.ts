import { type AreaCode, lineageOf } from '../../firmware-protocol/content/area.ts';
import { canonicalJson } from '../../firmware-protocol/content/canonical-json.ts';
import type { Release } from '../../firmware-protocol/content/release.ts';
import { isRefused, type Refused, type Verdict, viaOf } from '../keys/document.ts';
import type { Here } from '../orders/here.ts';
import type { Log, Store } from '../ports.ts';
import { examineRelease, type ReleaseArrival } from './release-gate.ts';

export interface ReleaseShelfNeeds {
  here: () => Here;
  store: Pick<Store, 'fact' | 'commit'>;
  log: Log;
  refuse: (refused: Refused) => void;
  /** The highest version that ever ran here. */
  floor: () => string;
  changed: () => void;
}

/** The releases of this hall's areas, at most one each, as facts of the store: the raw text, judged again when it is used. */
export class ReleaseShelf {
  readonly #needs: ReleaseShelfNeeds;
  readonly #held = new Map<AreaCode, { release: Release; raw: string }>();

  constructor(needs: ReleaseShelfNeeds) {
    this.#needs = needs;
  }

  async load(): Promise<void> {
    const { store, here, floor, log } = this.#needs;
    for (const area of lineageOf(here().village)) {
      const raw = await store.fact(factOf(area));
      if (raw === undefined || raw === '') continue;
      const release = examineRelease(arrivalOf(area, raw), here(), { floor: '0.0.0', held: undefined });
      if (isRefused(release))
        log.warn({ area, ...release, floor: floor() }, 'a kept release is no longer good');
      else this.#held.set(area, { release, raw });
    }
  }

  /** What may be used now: whose key has not been taken out since it came. */
  good(): Release[] {
    const { here } = this.#needs;
    const now = here();
    return [...this.#held].flatMap(([area, { raw }]) => {
      const release = examineRelease(arrivalOf(area, raw), now, { floor: '0.0.0', held: undefined });
      return isRefused(release) ? [] : [release];
    });
  }

  /** Handles one arrival. Rejects with DeviceError when it cannot be made durable; then the old one stays. */
  async take(arrival: ReleaseArrival): Promise<Verdict> {
    const { here, store, log, refuse, floor, changed } = this.#needs;
    // One that is believed no more, its key taken out, bars the way for no other.
    const held = this.good().find(({ area }) => area === arrival.area);
    const release = examineRelease(arrival, here(), { floor: floor(), held });
    if (isRefused(release)) {
      // It is retained: what we went beyond since comes with each connect and is no news.
      if (this.#isHeld(arrival)) return 'had';
      refuse({ ...release, ...viaOf(arrival) });
      return release;
    }
    if (held?.issued_at === release.issued_at) {
      if (canonicalJson(held) === canonicalJson(release)) return 'had';
      const other: Refused = { what: `release/${release.area}`, refused: 'older', detail: 'another content' };
      refuse({ ...other, ...viaOf(arrival) });
      return other;
    }
    const raw = new TextDecoder().decode(arrival.payload);
    await store.commit({ facts: { [factOf(release.area)]: raw } });
    this.#held.set(release.area, { release, raw });
    log.info({ area: release.area, version: release.version, share: release.share }, 'release accepted');
    changed();
    return 'taken';
  }

  #isHeld({ payload }: ReleaseArrival): boolean {
    const text = new TextDecoder().decode(payload);
    return [...this.#held.values()].some(({ raw }) => raw === text);
  }
}

function factOf(area: AreaCode): string {
  return `release/${area}`;
}

function arrivalOf(area: AreaCode, raw: string): ReleaseArrival {
  return { area, payload: new TextEncoder().encode(raw) };
}
