import { type AreaCode, contains, lineageOf } from '../../firmware-protocol/content/area.ts';
import type { Output } from '../../firmware-protocol/content/band.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { type Decision, type Occurrence, occurrencesOf } from '../../firmware-protocol/content/resolver.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { Conflict } from '../../firmware-protocol/mqtt/programme-requests.ts';
import { type ConflictKind, conflictWords } from './conflict-words.ts';
import { type OwnedSlot, slotTimes, slotTrouble } from './slots.ts';
import { REFUSED, resolveUnder } from './under-laws.ts';

export const CHECK_LIMITS = {
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
  const places = [...new Set([plan.area, ...below, ...laws.map(({ area }) => area)])];
  const { days, daysOfMany, manyAreas } = CHECK_LIMITS;
  const untilMs = nowMs + (places.length > manyAreas ? daysOfMany : days) * 86_400_000;
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
  for (const place of places) {
    const occurrences = lineageOf(place)
      .flatMap((area) => due.get(area) ?? [])
      .sort((a, b) => a.startMs - b.startMs);
    const own = laws.filter(({ area }) => area === place);
    for (const { laws: each } of own.length === 0 ? [{ laws: undefined }] : own)
      found.push(...troublesIn(plan.area, place, resolveUnder(each, occurrences)));
  }
  const times = slotTimes(slots, nowMs, untilMs);
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
