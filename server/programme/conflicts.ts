import { type AreaCode, contains, lineageOf } from '../../firmware-protocol/content/area.ts';
import type { Output } from '../../firmware-protocol/content/band.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import {
  type Decision,
  type Occurrence,
  occurrencesOf,
  resolve,
} from '../../firmware-protocol/content/resolver.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { Conflict } from '../../firmware-protocol/mqtt/programme-requests.ts';
import { type Stretch, stretchesOf, stretchesTouched } from './busy-stretches.ts';
import { type ConflictKind, conflictWords } from './conflict-words.ts';
import { type OwnedSlot, slotHours, slotTimes, slotTrouble } from './slots.ts';
import { REFUSED, resolveUnder } from './under-laws.ts';

const CHECK_LIMITS = {
  /** Beyond the longest month, so that a monthly entry is seen once. */
  days: 32,
  /** A province whose every village has its own programme is looked at for a week: what comes monthly there is seen by few. */
  manyAreas: 200,
  daysOfMany: 8,
  areasTold: 5,
} as const;

/** A programme as it would be, before anybody signed it. */
export type Plan = Pick<Programme, 'area' | 'version' | 'entries' | 'valid_until'>;

export interface Around {
  /** Published ones of other areas, above and below. */
  others: Plan[];
  /** Given by the plan itself and by others. */
  slots: OwnedSlot[];
  /** Of the halls in the plan's area, each kind once. */
  laws: { area: AreaCode; laws: SiteLaws }[];
  nowMs: number;
}

interface Found {
  kind: ConflictKind;
  occurrence: Occurrence;
  output: Output;
  against: string | undefined;
  area: AreaCode;
}

/**
 * What a plan would suffer, or make others suffer, where they meet: by the resolver of the boxes, in every area below it that has a
 * programme of its own. One row a kind of trouble.
 */
export function conflictsOf(plan: Plan, { others, slots, laws, nowMs }: Around): Conflict[] {
  const below = others.filter(({ area }) => contains(plan.area, area)).map(({ area }) => area);
  const { days, daysOfMany, manyAreas } = CHECK_LIMITS;
  const untilMs = nowMs + (below.length > manyAreas ? daysOfMany : days) * 86_400_000;
  const all = new Map([...others, plan].map((each) => [each.area, each]));
  const due = new Map(
    [...all].map(([area, each]) => [area, occurrencesOf([signedLike(each)], nowMs, untilMs)]),
  );
  const titles = new Map(
    [...all.values()].flatMap(({ area, entries }) =>
      entries.map((entry) => [`${area}/${entry.id}`, entry.announcement.title]),
    ),
  );
  const found: Found[] = [];
  const grounds = new Grounds(plan.area, due);
  for (const place of [plan.area, ...below])
    if (!laws.some(({ area }) => area === place)) found.push(...grounds.troublesAt(place));
  for (const { area, laws: own } of laws)
    found.push(...troublesIn(plan.area, area, resolveUnder(own, dueOver(area, due))));
  const times = slotTimes(slots, nowMs, untilMs);
  for (const [id, hours] of slotHours(times)) titles.set(id, hours);
  for (const area of [plan.area, ...below])
    for (const occurrence of due.get(area) ?? []) {
      const trouble = slotTrouble(occurrence, times, slots);
      const isOurs = trouble && (area === plan.area || trouble.slot.owner === plan.area);
      if (isOurs)
        found.push({
          kind: trouble.kind,
          occurrence,
          output: 'tower',
          against: `${trouble.slot.owner}/${trouble.slot.id}`,
          area,
        });
    }
  return grouped(found, titles);
}

type Due = ReadonlyMap<AreaCode, Occurrence[]>;

/** What is due in an area by itself and from above, by start. */
function dueOver(area: AreaCode, due: Due): Occurrence[] {
  return lineageOf(area)
    .flatMap((each) => due.get(each) ?? [])
    .sort((a, b) => a.startMs - b.startMs);
}

/** What is the same in an area as above it is looked at there: of a thousand villages each only where its own plan comes between. */
class Grounds {
  readonly #top: AreaCode;
  readonly #due: Due;
  readonly #stretches = new Map<AreaCode, Stretch[]>();
  /** What was found at the top or in an area between is no new trouble below it. */
  readonly #found = new Map<AreaCode, Map<string, Found>>();

  constructor(top: AreaCode, due: Due) {
    this.#top = top;
    this.#due = due;
  }

  /** What suffers in an area and not already above it. */
  troublesAt(area: AreaCode): Found[] {
    return [...this.#foundAt(area).values()];
  }

  #foundAt(area: AreaCode): Map<string, Found> {
    const known = this.#found.get(area);
    if (known !== undefined) return known;
    const above = this.#above(area);
    const stretches =
      above === undefined
        ? this.#stretchesOf(area)
        : stretchesTouched(this.#stretchesOf(above), this.#due.get(area) ?? []);
    const fresh = new Map<string, Found>();
    for (const { occurrences } of stretches)
      if (occurrences.length > 1 && occurrences.some((each) => each.area === this.#top))
        for (const trouble of troublesIn(this.#top, area, resolve(occurrences))) {
          const key = keyOf(trouble);
          if (!this.#isKnown(above, key)) fresh.set(key, trouble);
        }
    this.#found.set(area, fresh);
    return fresh;
  }

  #isKnown(area: AreaCode | undefined, key: string): boolean {
    if (area === undefined) return false;
    return this.#foundAt(area).has(key) || this.#isKnown(this.#above(area), key);
  }

  #stretchesOf(area: AreaCode): Stretch[] {
    const known = this.#stretches.get(area) ?? stretchesOf(dueOver(area, this.#due));
    this.#stretches.set(area, known);
    return known;
  }

  /** The nearest area above it that has a plan, up to the top. */
  #above(area: AreaCode): AreaCode | undefined {
    if (area === this.#top) return undefined;
    return lineageOf(area).find((each) => each !== area && (each === this.#top || this.#due.has(each)));
  }
}

function keyOf({ kind, occurrence, output, against }: Found): string {
  return `${kind} ${occurrence.id} ${output} ${against}`;
}

/** The resolver looks at nothing else of a programme. */
function signedLike(plan: Plan): Programme {
  return { format: 1, by: '-', issued_at: plan.valid_until, signature: { key: '-', value: '-' }, ...plan };
}

const KINDS: Record<Decision['verdict'], ConflictKind | undefined> = {
  plays: undefined,
  waits: 'waits',
  cut: 'cut',
  loses: 'loses',
};

/** Only what the plan has a part in: its own occurrences, and those that its own stand against. */
function troublesIn(planArea: AreaCode, area: AreaCode, decisions: Decision[]): Found[] {
  return decisions.flatMap(({ occurrence, output, verdict, because }): Found[] => {
    const law = because.startsWith(REFUSED);
    const kind = law ? (because.endsWith('quiet-hours') ? 'quiet-hours' : 'minutes-a-day') : KINDS[verdict];
    const against = law ? undefined : entryIn(because);
    const isOurs = occurrence.area === planArea || against?.startsWith(`${planArea}/`);
    return kind === undefined || !isOurs ? [] : [{ kind, occurrence, output, against, area }];
  });
}

/** `after 43/news/20261113T183000` -> `43/news`. */
export function entryIn(because: string): string | undefined {
  const [, id] = /^\S+ (\S+\/\S+)\/\S+$/.exec(because) ?? [];
  return id;
}

function grouped(found: Found[], titles: ReadonlyMap<string, string>): Conflict[] {
  const rows = new Map<string, { first: Found; ids: Set<string>; areas: Set<AreaCode> }>();
  for (const each of found) {
    const { kind, occurrence, output, against } = each;
    const key = [kind, occurrence.area, occurrence.entry.id, output, against].join(' ');
    const row = rows.get(key) ?? { first: each, ids: new Set(), areas: new Set() };
    row.ids.add(occurrence.id);
    row.areas.add(each.area);
    if (occurrence.startMs < row.first.occurrence.startMs) row.first = each;
    rows.set(key, row);
  }
  return [...rows.values()]
    .sort((a, b) => a.first.occurrence.startMs - b.first.occurrence.startMs)
    .map(({ first: { kind, occurrence, output, against }, ids, areas }) => {
      const title = occurrence.entry.announcement.title;
      const other = against === undefined ? undefined : (titles.get(against) ?? against);
      return {
        kind,
        entry: `${occurrence.area}/${occurrence.entry.id}`,
        title,
        output,
        ...(against !== undefined && { against }),
        times: ids.size,
        first: instantOf(occurrence.startMs),
        areas: [...areas].sort().slice(0, CHECK_LIMITS.areasTold),
        ...conflictWords(kind, { title, other, output }),
      };
    });
}
