import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { canonicalJson } from '../../firmware-protocol/content/canonical-json.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { ReportEvent } from '../../firmware-protocol/content/report.ts';
import { isRefused, type Refused, type Verdict, viaOf } from '../keys/document.ts';
import { keyOf } from '../keys/keyring.ts';
import type { Here } from '../orders/here.ts';
import type { Change, Journal, Log, Store } from '../ports.ts';
import { type Held, nameOf, refuseHeld, signerOf, told, type Withdrawn } from './held-programme.ts';
import { ProgrammeFloors } from './programme-floors.ts';
import { examineProgramme, type ProgrammeArrival } from './programme-gate.ts';

export interface ProgrammeKeeperNeeds {
  here: () => Here;
  store: Pick<Store, 'programmes' | 'facts'>;
  journal: Journal;
  log: Log;
  refuse: (refused: Refused) => void;
  /** A programme was replaced, and the new one is durable; or it is held no more. */
  changed: () => void;
}

/** The programmes of this hall's areas, one each: what plays when the network is gone. */
export class ProgrammeKeeper {
  readonly #needs: ProgrammeKeeperNeeds;
  readonly #held = new Map<AreaCode, Held>();
  readonly #floors = new ProgrammeFloors();
  /** Held no more, but still on the disk, which did not take it. */
  readonly #unwritten: Withdrawn[] = [];
  #withdrawing: Promise<void> = Promise.resolve();

  constructor(needs: ProgrammeKeeperNeeds) {
    this.#needs = needs;
  }

  get programmes(): Programme[] {
    return [...this.#held.values()].map(({ programme }) => programme);
  }

  /** What the keys of now believe. A set that was made durable just before the power went has not judged what is held yet. */
  async load(): Promise<void> {
    const { store, here } = this.#needs;
    await this.#floors.load(store);
    const { keys } = here();
    for (const kept of await store.programmes())
      this.#hold({ programme: kept.programme, key: signerOf(kept, keys) });
    await this.#withdraw(this.#takeUnbelieved());
  }

  /** Handles one arrival. Rejects with DeviceError when it cannot be made durable; then the old one stays. */
  async take(message: ProgrammeArrival): Promise<Verdict> {
    const { refuse, log, changed } = this.#needs;
    await this.#withdrawing;
    const here = this.#needs.here();
    const programme = examineProgramme(message, here, (area) => this.#floors.of(area, here.keys));
    if (isRefused(programme)) {
      refuse({ ...programme, ...viaOf(message) });
      return programme;
    }
    const { area, version } = programme;
    const held = this.#held.get(area)?.programme;
    if (held?.version === version) {
      // It is retained, so it comes with each connect; but one version has one content.
      if (same(held, programme)) return 'had';
      const other: Refused = { what: `programme/${area}`, refused: 'older', detail: 'another content' };
      refuse({ ...other, ...viaOf(message) });
      return other;
    }
    const key = keyOf(here.keys, programme.signature)?.public;
    await this.#record([{ type: 'programme', area, version, ...viaOf(message) }], {
      programmes: [{ raw: new TextDecoder().decode(message.payload), programme }],
      facts: key === undefined ? {} : this.#floors.factOf(area, key, version),
    });
    this.#hold({ programme, key });
    log.info({ area, version, entries: programme.entries.length }, 'programme accepted');
    // Its key may have been taken out while it was written.
    await this.keysChanged();
    changed();
    return 'taken';
  }

  /**
   * What is held of keys that are gone, or may do less, is held no more from here on, and told. Never rejects: what cannot be written is
   * written with the next programme, or judged again at the next start.
   */
  async keysChanged(): Promise<void> {
    const gone = this.#takeUnbelieved();
    if (gone.length === 0) return;
    this.#needs.changed();
    await this.#withdraw(gone);
  }

  /** Nothing is waited for in between: none of it is played once the keys are others. */
  #takeUnbelieved(): Withdrawn[] {
    const here = this.#needs.here();
    const gone = [...this.#held.values()].flatMap((held) => {
      const refused = refuseHeld(held, here);
      return refused === undefined ? [] : [{ programme: held.programme, refused }];
    });
    for (const { programme } of gone) this.#held.delete(programme.area);
    return gone;
  }

  async #withdraw(gone: Withdrawn[]): Promise<void> {
    if (gone.length === 0) return;
    const { log } = this.#needs;
    for (const { programme, refused } of gone)
      log.warn(
        { area: programme.area, version: programme.version, ...refused },
        'a programme is held no more',
      );
    this.#unwritten.push(...gone);
    this.#withdrawing = this.#record([], {}).catch((error: unknown) =>
      log.error({ error }, 'what is held no more could not be taken off the disk yet'),
    );
    await this.#withdrawing;
  }

  /** With it goes what is held no more and was not written yet. */
  async #record(events: ReportEvent[], change: Change): Promise<void> {
    const gone = this.#unwritten.splice(0);
    try {
      await this.#needs.journal.record([...gone.map(told), ...events], {
        ...change,
        withdrawn: gone.map(nameOf),
      });
    } catch (error) {
      this.#unwritten.unshift(...gone);
      throw error;
    }
  }

  #hold(held: Held): void {
    const { area, version } = held.programme;
    this.#held.set(area, held);
    if (held.key !== undefined) this.#floors.raise(area, held.key, version);
  }
}

function same(a: Programme, b: Programme): boolean {
  return canonicalJson(a) === canonicalJson(b);
}
