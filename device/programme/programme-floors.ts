import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import type { PublicKey } from '../../firmware-protocol/content/signature.ts';
import type { Store } from '../ports.ts';

/** Facts that only grow: one for each area and each key, `programme-floor/43/<public half>`. */
const FACTS = 'programme-floor/';

/**
 * The highest version accepted of each area, apart for each key that signed it, so that it counts no more when its key is taken out:
 * who stole one could else sign the highest number there is, after which nothing would ever be new (TUF 1.0, 5.3.11). What the
 * other keys signed still does not go back (I4). A key is known by its public half, whatever it is called.
 */
export class ProgrammeFloors {
  /** By the name of its fact. */
  readonly #highest = new Map<string, number>();

  async load(store: Pick<Store, 'facts'>): Promise<void> {
    for (const [name, value] of Object.entries(await store.facts(FACTS))) this.#raise(name, Number(value));
  }

  /** Of the keys of `set` that may plan for the area; 0 = none of them did. */
  of(area: AreaCode, set: KeySet): number {
    let highest = 0;
    for (const { uses, areas, public: key } of set.keys)
      if (uses.includes('programme') && areas.some((outer) => contains(outer, area)))
        highest = Math.max(highest, this.#highest.get(nameOf(area, key)) ?? 0);
    return highest;
  }

  raise(area: AreaCode, key: PublicKey, version: number): void {
    this.#raise(nameOf(area, key), version);
  }

  /** The same as `raise`, to be committed. */
  factOf(area: AreaCode, key: PublicKey, version: number): Record<string, string> {
    return { [nameOf(area, key)]: String(version) };
  }

  #raise(name: string, version: number): void {
    if (Number.isSafeInteger(version) && version > (this.#highest.get(name) ?? 0))
      this.#highest.set(name, version);
  }
}

function nameOf(area: AreaCode, key: PublicKey): string {
  return `${FACTS}${area}/${key}`;
}
