import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import type { HallFilter, HallSort } from '../../firmware-protocol/mqtt/hall-list.ts';
import type { Places } from '../areas/places.ts';
import type { Clock, PlaceName } from '../ports.ts';
import { isFlagged, type KeptHall, type RollUp } from './roll-up.ts';
import { thaiOrderKey } from './thai-order.ts';

export const FINDER_LIMITS = {
  /** Who scrolls sees one order, and the list is sorted once. */
  listKeptSeconds: 5,
  /** Of as many who look at once; the list of a nation takes 600 KB. */
  listsKept: 16,
} as const;

/** Of the codes of provinces, districts and tambons, by whose names halls are found. */
const PLACE_DIGITS = [2, 4, 6];

export interface HallQuery {
  /** Those that the asker may see, none inside another. */
  areas: readonly AreaCode[];
  search?: string | undefined;
  only?: readonly HallFilter[] | undefined;
  sort: HallSort;
  descending: boolean;
}

interface Needs {
  rollUp: Pick<RollUp, 'halls' | 'areas'>;
  places: Pick<Places, 'placeOf'>;
  clock: Pick<Clock, 'monotonic'>;
  /** To learn the names of a nation's 7,255 tambons takes seconds, once: what else waits goes first. */
  othersFirst: () => Promise<void>;
}

/** Which halls a list has, and in which order; out of memory, so that a look at 75,000 does not hold up an alert. */
export class HallFinder {
  readonly #needs: Needs;
  readonly #lists = new Map<string, { until: number; list: Promise<readonly KeptHall[]> }>();
  /** Of the areas that halls stand in: some 9,000 in a nation. */
  readonly #names = new Map<AreaCode, PlaceName | undefined>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  find(query: HallQuery): Promise<readonly KeptHall[]> {
    const key = JSON.stringify(query);
    const now = this.#needs.clock.monotonic();
    const kept = this.#lists.get(key);
    if (kept !== undefined && kept.until > now) return kept.list;
    const list = this.#listOf(query);
    this.#lists.delete(key);
    this.#lists.set(key, { until: now + FINDER_LIMITS.listKeptSeconds * 1_000, list });
    for (const oldest of this.#lists.keys()) {
      if (this.#lists.size <= FINDER_LIMITS.listsKept) break;
      this.#lists.delete(oldest);
    }
    return list;
  }

  /** What people call an area; undefined = nobody named it. */
  async nameOf(area: AreaCode): Promise<PlaceName | undefined> {
    if (this.#names.has(area)) return this.#names.get(area);
    await this.#needs.othersFirst();
    this.#names.set(area, await this.#needs.places.placeOf(area));
    return this.#names.get(area);
  }

  async #listOf({ areas, search = '', only, sort, descending }: HallQuery): Promise<readonly KeptHall[]> {
    const isFound = search === '' ? undefined : await this.#matching(search.toLowerCase());
    const list: KeptHall[] = [];
    for (const hall of this.#needs.rollUp.halls())
      if (
        areas.some((area) => contains(area, hall.village)) &&
        (only === undefined || only.some((filter) => applies(hall, filter))) &&
        (isFound === undefined || isFound(hall))
      )
        list.push(hall);
    return sorted(list, SORTED_BY[sort], descending);
  }

  /** By the hall's own words and number, or by where it stands. */
  async #matching(search: string): Promise<(hall: KeptHall) => boolean> {
    const named = new Set<AreaCode>();
    for (const area of this.#needs.rollUp.areas()) {
      if (!PLACE_DIGITS.includes(area.length) || area === 'th') continue;
      const name = await this.nameOf(area);
      if (name !== undefined && `${name.th}\n${name.en.toLowerCase()}`.includes(search)) named.add(area);
    }
    return ({ id, name, village }) =>
      name.toLowerCase().includes(search) ||
      id.includes(search) ||
      village.startsWith(search) ||
      PLACE_DIGITS.some((digits) => named.has(village.slice(0, digits)));
  }
}

function applies(hall: KeptHall, filter: HallFilter): boolean {
  return filter === 'silent' ? !isFlagged(hall, 'online') : isFlagged(hall, filter);
}

/** The worst first: who hears nothing, who cannot be heard, who cannot be read, who comes at the wrong time. */
const TROUBLES: readonly HallFilter[] = ['warned', 'clock', 'sign_fault', 'tower_fault', 'silent'];

function troubleOf(hall: KeptHall): number {
  return TROUBLES.reduce((sum, trouble, rank) => (applies(hall, trouble) ? sum + 2 ** rank : sum), 0);
}

/** One that is there was heard just now. */
function silenceOf(hall: KeptHall): number {
  return isFlagged(hall, 'online') ? Number.MAX_SAFE_INTEGER : hall.seenAt;
}

const SORTED_BY: Record<HallSort, (hall: KeptHall) => string | number> = {
  village: () => 0,
  name: ({ name }) => thaiOrderKey(name),
  device: ({ id }) => id,
  trouble: (hall) => -troubleOf(hall),
  seen_at: silenceOf,
  version: ({ version }) => thaiOrderKey(version),
};

/** Each key is made once: 75,000 halls are compared a million times. */
function sorted(
  halls: readonly KeptHall[],
  keyOf: (hall: KeptHall) => string | number,
  descending: boolean,
): KeptHall[] {
  const sign = descending ? -1 : 1;
  return halls
    .map((hall) => ({ hall, key: keyOf(hall) }))
    .sort(
      (a, b) =>
        sign * (order(a.key, b.key) || order(a.hall.village, b.hall.village) || order(a.hall.id, b.hall.id)),
    )
    .map(({ hall }) => hall);
}

function order<T extends string | number>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
