import { outputsOf } from '../../firmware-protocol/content/announcement.ts';
import { AREA_LEVELS, type AreaCode, levelOf } from '../../firmware-protocol/content/area.ts';
import type { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { durationMsOf, startsOfEntry } from '../../firmware-protocol/content/resolver.ts';
import { OCCURRENCE_LIMITS, type PlannedRow } from '../../firmware-protocol/mqtt/occurrence-requests.ts';
import { daysAlike } from './days-alike.ts';
import type { PlanSpan } from './plan-spans.ts';

const ROW_LIMITS = {
  /** The busiest rule comes once a minute. */
  startsOfAnEntry: OCCURRENCE_LIMITS.days * 1_440,
  /** Of one page: a quarter of a second of work. */
  starts: 500_000,
  /** Of one page; a message holds 640 KB, and the calendar, the slots and the plans want room too. */
  bytes: 400_000,
} as const;

/** One entry of one area, with each span of time for which it is or was planned. */
interface PlannedEntryOf {
  area: AreaCode;
  id: string;
  spans: { entry: ProgrammeEntry; fromMs: number; untilMs: number; isDraft: boolean }[];
}

export interface RowPage {
  rows: PlannedRow[];
  /** Where the next page begins; absent = this is the last. */
  next?: number;
}

/** The rows of one page, from the entry numbered `after` on; the widest area first. `firstDay` as in civil-day.ts. */
export function plannedRows(spans: PlanSpan[], firstDay: number, after: number): RowPage {
  const planned = entriesOf(spans);
  const rows: PlannedRow[] = [];
  let [starts, bytes] = [0, 0];
  for (let at = after; at < planned.length; at++) {
    const each = planned[at];
    if (each === undefined) break;
    const found = rowsOf(each, firstDay);
    starts += found.starts;
    bytes += Buffer.byteLength(JSON.stringify(found.rows));
    const isFull =
      rows.length + found.rows.length > OCCURRENCE_LIMITS.page ||
      starts > ROW_LIMITS.starts ||
      bytes > ROW_LIMITS.bytes;
    // One entry always, however often it comes.
    if (isFull && at > after) return { rows, next: at };
    rows.push(...found.rows);
  }
  return { rows };
}

function entriesOf(spans: PlanSpan[]): PlannedEntryOf[] {
  const planned = new Map<string, PlannedEntryOf>();
  for (const { area, entries, fromMs, untilMs, unpublished } of spans)
    for (const entry of entries) {
      const name = `${area}/${entry.id}`;
      const known = planned.get(name) ?? { area, id: entry.id, spans: [] };
      known.spans.push({ entry, fromMs, untilMs, isDraft: unpublished?.has(entry.id) ?? false });
      planned.set(name, known);
    }
  return [...planned.values()].sort(
    (a, b) => widthOf(a.area) - widthOf(b.area) || inOrder(a.area, b.area) || inOrder(a.id, b.id),
  );
}

function widthOf(area: AreaCode): number {
  return AREA_LEVELS.indexOf(levelOf(area));
}

function inOrder(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** A row for each way in which the entry was or is planned; none where it does not come in these days. */
function rowsOf(
  { area, id, spans }: PlannedEntryOf,
  firstDay: number,
): { rows: PlannedRow[]; starts: number } {
  const ways = new Map<string, { facts: Omit<PlannedRow, 'on'>; startsMs: number[] }>();
  let starts = 0;
  for (const { entry, fromMs, untilMs, isDraft } of spans) {
    const startsMs = startsOfEntry(entry, fromMs, untilMs, ROW_LIMITS.startsOfAnEntry);
    if (startsMs.length === 0) continue;
    starts += startsMs.length;
    const facts = { ...factsOf(area, id, entry), ...(isDraft && { draft: true as const }) };
    const key = JSON.stringify(facts);
    const way = ways.get(key) ?? { facts, startsMs: [] };
    for (const startMs of startsMs) way.startsMs.push(startMs);
    ways.set(key, way);
  }
  const rows = [...ways.values()].map(({ facts, startsMs }) => ({
    ...facts,
    on: daysAlike(
      startsMs.sort((a, b) => a - b),
      firstDay,
    ),
  }));
  return { rows, starts };
}

function factsOf(area: AreaCode, id: string, entry: ProgrammeEntry): Omit<PlannedRow, 'on'> {
  const outputs = outputsOf(entry);
  const lengthOn = (output: 'tower' | 'panel') =>
    outputs.includes(output) ? durationMsOf(entry.announcement, output) : 0;
  return {
    area,
    entry: id,
    title: entry.announcement.title,
    band: entry.band,
    outputs,
    length_ms: { tower: lengthOn('tower'), panel: lengthOn('panel') },
    ...(entry.rule !== undefined && { rule: entry.rule }),
  };
}
