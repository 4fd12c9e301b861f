import { type AreaCode, lineageOf } from '../../firmware-protocol/content/area.ts';
import { canonicalJson } from '../../firmware-protocol/content/canonical-json.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { isRefused, type Refused, type Verdict, viaOf } from '../keys/document.ts';
import type { Here } from '../orders/here.ts';
import type { Journal, Log, Store } from '../ports.ts';
import { examineProgramme, type ProgrammeArrival } from './programme-gate.ts';

export interface ProgrammeKeeperNeeds {
  here: () => Here;
  store: Store;
  journal: Journal;
  log: Log;
  refuse: (refused: Refused) => void;
  /** A programme was replaced; the new one is durable. */
  changed: () => void;
}

/** The programmes of this hall's areas, one each: what plays when the network is gone. */
export class ProgrammeKeeper {
  readonly #needs: ProgrammeKeeperNeeds;
  readonly #held = new Map<AreaCode, Programme>();
  /** Versions never go down, also for a document that was torn on the disk (I4). */
  readonly #floors = new Map<AreaCode, number>();

  constructor(needs: ProgrammeKeeperNeeds) {
    this.#needs = needs;
  }

  get programmes(): Programme[] {
    return [...this.#held.values()];
  }

  async load(): Promise<void> {
    const { store, here } = this.#needs;
    for (const programme of await store.programmes()) this.#hold(programme);
    for (const area of lineageOf(here().village)) {
      const floor = Number((await store.fact(`programme-floor/${area}`)) ?? 0);
      this.#floors.set(area, Math.max(floor, this.#floors.get(area) ?? 0));
    }
  }

  /** Handles one arrival. Rejects with DeviceError when it cannot be made durable; then the old one stays. */
  async take(message: ProgrammeArrival): Promise<Verdict> {
    const { refuse, journal, log, changed, here } = this.#needs;
    const programme = examineProgramme(message, here(), (area) => this.#floors.get(area) ?? 0);
    if (isRefused(programme)) {
      refuse({ ...programme, ...viaOf(message) });
      return programme;
    }
    const { area, version } = programme;
    const held = this.#held.get(area);
    if (held?.version === version) {
      // It is retained, so it comes with each connect; but one version has one content.
      if (same(held, programme)) return 'had';
      const other: Refused = { what: `programme/${area}`, refused: 'older', detail: 'another content' };
      refuse({ ...other, ...viaOf(message) });
      return other;
    }
    await journal.record([{ type: 'programme', area, version, ...viaOf(message) }], {
      programmes: [{ raw: new TextDecoder().decode(message.payload), programme }],
    });
    this.#hold(programme);
    log.info({ area, version, entries: programme.entries.length }, 'programme accepted');
    changed();
    return 'taken';
  }

  #hold(programme: Programme): void {
    this.#held.set(programme.area, programme);
    this.#floors.set(programme.area, Math.max(programme.version, this.#floors.get(programme.area) ?? 0));
  }
}

function same(a: Programme, b: Programme): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
