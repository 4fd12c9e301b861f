import { AREA_LEVELS, type AreaCode, levelOf } from '../../firmware-protocol/content/area.ts';
import { isServerError } from '../errors.ts';
import { othersFirst } from '../others-first.ts';
import type { ProgrammeTable } from '../tables.ts';
import type { PublishedVersion } from './plan-records.ts';

const SHELF_LIMITS = {
  /** Kept of all programmes together: some 1.5 KB each once they are read. */
  entries: 50_000,
  /** Read in one go: 0.1 ms each, more with many entries. Then others have their turn. */
  readInOneGo: 20,
} as const;

/** How much is looked at where nobody waits for all of it. */
export interface ShelfBudget {
  programmes: number;
  /** Of all of them together; the widest is looked at, however many it has. */
  entries: number;
}

/** Versions of programmes, each read from the database once: what was published never changes. */
export class ProgrammeShelf {
  readonly #table: Pick<ProgrammeTable, 'heads' | 'version'>;
  /** Those that were used last stand last. */
  readonly #kept = new Map<string, PublishedVersion>();
  #entries = 0;

  constructor(table: Pick<ProgrammeTable, 'heads' | 'version'>) {
    this.#table = table;
  }

  /** Of each area that `touches` the newest version. One that cannot be read holds up no other; other work of the server goes on between. */
  async current(touches: (area: AreaCode) => boolean): Promise<PublishedVersion[]> {
    const heads = (await this.#table.heads()).filter(({ area }) => touches(area));
    const found: PublishedVersion[] = [];
    for (let at = 0; at < heads.length; at += SHELF_LIMITS.readInOneGo) {
      const some = heads.slice(at, at + SHELF_LIMITS.readInOneGo);
      const read = await Promise.all(some.map(({ area, version }) => this.#readable(area, version)));
      found.push(...read.filter((each) => each !== undefined));
      await othersFirst();
    }
    return found;
  }

  /**
   * The same, but the widest first and only as many as the budget has room for; `leftOut` is the number of the others. Other work of the server
   * goes on between.
   */
  async widest(
    touches: (area: AreaCode) => boolean,
    { programmes, entries }: ShelfBudget,
  ): Promise<{ found: PublishedVersion[]; leftOut: number }> {
    const heads = (await this.#table.heads()).filter(({ area }) => touches(area)).sort(widestFirst);
    await othersFirst();
    const found: PublishedVersion[] = [];
    let room = entries;
    let at = 0;
    for (; at < Math.min(heads.length, programmes) && room > 0; at++) {
      const { area, version } = heads[at] as { area: AreaCode; version: number };
      const read = await this.#readable(area, version);
      if (read !== undefined) found.push(read);
      room -= read?.programme.entries.length ?? 0;
      if (at % SHELF_LIMITS.readInOneGo === SHELF_LIMITS.readInOneGo - 1) await othersFirst();
    }
    return { found, leftOut: heads.length - at };
  }

  /** Undefined = there is no such version. Rejects `data-invalid`. */
  async version(area: AreaCode, version: number): Promise<PublishedVersion | undefined> {
    const name = `${area}/${version}`;
    const found = this.#kept.get(name) ?? (await this.#table.version(area, version));
    if (found !== undefined) this.#keep(name, found);
    return found;
  }

  async #readable(area: AreaCode, version: number): Promise<PublishedVersion | undefined> {
    try {
      return await this.version(area, version);
    } catch (error) {
      if (isServerError(error, 'data-invalid')) return undefined;
      throw error;
    }
  }

  #keep(name: string, version: PublishedVersion): void {
    if (this.#kept.delete(name)) this.#entries -= sizeOf(version);
    this.#kept.set(name, version);
    this.#entries += sizeOf(version);
    for (const [oldest, dropped] of this.#kept) {
      if (this.#entries <= SHELF_LIMITS.entries || oldest === name) return;
      this.#kept.delete(oldest);
      this.#entries -= sizeOf(dropped);
    }
  }
}

/** An empty programme takes room too. */
function sizeOf({ programme, source }: PublishedVersion): number {
  return 1 + programme.entries.length + (source?.entries.length ?? 0);
}

function widestFirst(a: { area: AreaCode }, b: { area: AreaCode }): number {
  const widthOf = (area: AreaCode) => AREA_LEVELS.indexOf(levelOf(area));
  return widthOf(a.area) - widthOf(b.area) || (a.area < b.area ? -1 : 1);
}
