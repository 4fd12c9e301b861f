import { type Announcement, CHIME_MS, outputsOf } from './announcement.ts';
import { AREA_LEVELS, type AreaCode, levelOf } from './area.ts';
import { BANDS, OUTPUTS, type Output } from './band.ts';
import { civilOf, DAY_MS } from './civil-day.ts';
import { BANGKOK_OFFSET_MS, epochMsOf, epochMsOfLocal } from './instant.ts';
import type { Programme, ProgrammeEntry } from './programme.ts';
import { occurrencesBetween } from './recurrence.ts';
import { parseRule } from './recurrence-rule.ts';
import type { PlayId } from './report.ts';
import { type Ruling, Stage, type Turn } from './resolver-stage.ts';

/**
 * (documents, time) -> what each output should do, and why. Pure: the device plays by it and the server explains by
 * it, so an operator is never told another story than the village hears. Orders pushed live are not in its view.
 */

/** The anthem is a ceremony of the whole country at one instant: late it is not played at all (DESIGN 5). */
export const CEREMONY_GRACE_MS = 2_000;

/** The busiest rule starts once a minute; the longest look is 31 days (`explain`). */
const OCCURRENCES_OF_AN_ENTRY = 31 * 1_440;

/** One time that an entry is due. */
export interface Occurrence {
  /** `<area>/<entry>/<local start as YYYYMMDDTHHMMSS>`: the same on every device and the server. */
  id: PlayId;
  area: AreaCode;
  entry: ProgrammeEntry;
  /** Epoch ms. */
  startMs: number;
  /** Not begun by then (epoch ms), it is expired. */
  latestStartMs: number;
  /** When it ends if nothing comes between, epoch ms; `startMs` where it has nothing to say on the output. */
  endsMs: Record<Output, number>;
}

/** What one output does with one occurrence: verdict, first and last moment (epoch ms), and why, as in `Ruling`. */
export interface Decision extends Omit<Ruling, 'id'> {
  occurrence: Occurrence;
  output: Output;
}

/** Expected time on an output, ms, without amplifier settling; 0 = nothing to say there. */
export function durationMsOf({ tower, panel }: Announcement, output: Output): number {
  if (output === 'panel') return sum(panel?.pages, (page) => page.seconds * 1_000) * (panel?.times ?? 0);
  if (tower === undefined) return 0;
  const once = sum(tower.parts, (part) => part.ms);
  return CHIME_MS[tower.chime] + (once === 0 ? 0 : once * tower.times + tower.gap_ms * (tower.times - 1));
}

function sum<T>(items: readonly T[] | undefined, of: (item: T) => number): number {
  return (items ?? []).reduce((total, item) => total + of(item), 0);
}

/**
 * What is due from `fromMs` up to, not including, `toMs` (epoch ms), in the order in which it is to be offered to the
 * playout: by start, then higher band, then wider area, then id.
 */
export function occurrencesOf(programmes: Programme[], fromMs: number, toMs: number): Occurrence[] {
  return newestOfEachArea(programmes)
    .flatMap((programme) => {
      const untilMs = Math.min(toMs, epochMsOf(programme.valid_until));
      return programme.entries.flatMap((entry) => occurrencesOfEntry(programme.area, entry, fromMs, untilMs));
    })
    .sort(byDue);
}

/** One programme an area counts: the highest version, also when it is empty or over. */
export function newestOfEachArea(programmes: Programme[]): Programme[] {
  const newest = new Map<AreaCode, Programme>();
  for (const each of programmes)
    if (each.version > (newest.get(each.area)?.version ?? 0)) newest.set(each.area, each);
  return [...newest.values()];
}

function occurrencesOfEntry(
  area: AreaCode,
  entry: ProgrammeEntry,
  fromMs: number,
  toMs: number,
): Occurrence[] {
  const graceMs = graceMsOf(entry);
  const [towerMs, panelMs] = [expectedMs(entry, 'tower'), expectedMs(entry, 'panel')];
  return startsOfEntry(entry, fromMs, toMs).map((startMs) => ({
    id: `${area}/${entry.id}/${compactLocal(startMs)}`,
    area,
    entry,
    startMs,
    latestStartMs: startMs + graceMs,
    endsMs: { tower: startMs + towerMs, panel: startMs + panelMs },
  }));
}

/** The first start from `fromMs` up to, not including, `toMs` (epoch ms); undefined = none. */
export function nextStartOf(entry: ProgrammeEntry, fromMs: number, toMs: number): number | undefined {
  return startsOfEntry(entry, fromMs, toMs, 1)[0];
}

/** All starts from `fromMs` up to, not including, `toMs` (epoch ms), in order. */
export function startsOfEntry(
  entry: Pick<ProgrammeEntry, 'starts' | 'rule' | 'except'>,
  fromMs: number,
  toMs: number,
  limit: number = OCCURRENCES_OF_AN_ENTRY,
): number[] {
  if (entry.rule === undefined) {
    const startMs = epochMsOfLocal(entry.starts);
    return startMs >= fromMs && startMs < toMs && !entry.except.includes(entry.starts) ? [startMs] : [];
  }
  const parsed = parseRule(entry.rule);
  // The schema lets no bad rule in; one entry must never keep the others from playing.
  if (!parsed.ok) return [];
  return occurrencesBetween(parsed.rule, entry.starts, entry.except, fromMs, toMs, limit);
}

function graceMsOf({ band, grace_s }: ProgrammeEntry): number {
  return band === BANDS.ceremony ? Math.min(grace_s * 1_000, CEREMONY_GRACE_MS) : grace_s * 1_000;
}

function expectedMs(entry: ProgrammeEntry, output: Output): number {
  return outputsOf(entry).includes(output) ? durationMsOf(entry.announcement, output) : 0;
}

/** `20261113T183000`: RFC 5545 form of a Thai wall-clock time. */
function compactLocal(epochMs: number): string {
  const localMs = epochMs + BANGKOK_OFFSET_MS;
  const day = Math.floor(localMs / DAY_MS);
  const { year, month, dayOfMonth } = civilOf(day);
  const second = Math.floor((localMs - day * DAY_MS) / 1_000);
  const [hour, minute] = [Math.floor(second / 3_600), Math.floor(second / 60) % 60];
  // As numbers: of a month of a province some ten thousand are written, and a text that is cut up costs three times as much.
  const time = (hour * 100 + minute) * 100 + (second % 60);
  return `${(year * 100 + month) * 100 + dayOfMonth}T${String(time).padStart(6, '0')}`;
}

function byDue(a: Occurrence, b: Occurrence): number {
  return (
    a.startMs - b.startMs ||
    b.entry.band - a.entry.band ||
    (a.area === b.area ? 0 : widthOf(a.area) - widthOf(b.area)) ||
    (a.id < b.id ? -1 : 1)
  );
}

/** 0 = the nation ... 4 = a village. */
function widthOf(area: AreaCode): number {
  return AREA_LEVELS.indexOf(levelOf(area));
}

// ---- who wins ---------------------------------------------------------------------------------------------------

/** One decision for each occurrence and output it has something to say on: by output, then by first moment. */
export function resolve(occurrences: Occurrence[]): Decision[] {
  return OUTPUTS.flatMap((output) => resolveOutput(occurrences, output));
}

function resolveOutput(occurrences: Occurrence[], output: Output): Decision[] {
  const saying = occurrences.filter((each) => each.endsMs[output] > each.startMs).sort(byDue);
  const [first, second] = saying;
  if (first !== undefined && second === undefined) return [alone(first, output)];
  const byId = new Map(saying.map((each) => [each.id, each]));
  const stage = new Stage();
  for (const occurrence of saying) stage.offer(turnOf(occurrence, output));
  return stage
    .close()
    .flatMap(({ id, ...ruling }) => {
      const occurrence = byId.get(id);
      return occurrence === undefined ? [] : [{ occurrence, output, ...ruling }];
    })
    .sort((a, b) => a.startsMs - b.startsMs || byDue(a.occurrence, b.occurrence));
}

/** As the stage rules of who meets nobody. */
function alone(occurrence: Occurrence, output: Output): Decision {
  const { startMs, endsMs } = occurrence;
  return { occurrence, output, verdict: 'plays', startsMs: startMs, endsMs: endsMs[output], because: 'due' };
}

function turnOf({ id, entry, startMs, latestStartMs, endsMs }: Occurrence, output: Output): Turn {
  const lengthMs = endsMs[output] - startMs;
  return { id, band: entry.band, startMs, latestStartMs, lengthMs, whenCut: entry.when_cut };
}
