import { type Announcement, CHIME_MS, outputsOf } from './announcement.ts';
import { AREA_LEVELS, type AreaCode, levelOf } from './area.ts';
import { BANDS, OUTPUTS, type Output } from './band.ts';
import { BANGKOK_OFFSET_MS, epochMsOf, epochMsOfLocal } from './instant.ts';
import type { Programme, ProgrammeEntry } from './programme.ts';
import { occurrencesBetween } from './recurrence.ts';
import { parseRule } from './recurrence-rule.ts';
import type { PlayId } from './report.ts';

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

/** What one output does with one occurrence. */
export interface Decision {
  occurrence: Occurrence;
  output: Output;
  /** `plays` in time; `waits`, then plays; `cut` by a higher band on the way; `loses` = never starts. */
  verdict: 'plays' | 'waits' | 'cut' | 'loses';
  /** First and last moment on the output, epoch ms, pauses in between included; both the due start if it loses. */
  startsMs: number;
  endsMs: number;
  /** `due`, `over <id>`, `after <id>`, `resumes-after <id>`, `gives-up-for <id>`, `expired-behind <id>`. */
  because: string;
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
  return startsOfEntry(entry, fromMs, toMs).map((startMs) => occurrenceOf(area, entry, startMs));
}

function startsOfEntry(entry: ProgrammeEntry, fromMs: number, toMs: number): number[] {
  if (entry.rule !== undefined) {
    const parsed = parseRule(entry.rule);
    if (!parsed.ok) return [];
    return occurrencesBetween(parsed.rule, entry.starts, entry.except, fromMs, toMs, OCCURRENCES_OF_AN_ENTRY);
  }
  const startMs = epochMsOfLocal(entry.starts);
  return startMs >= fromMs && startMs < toMs && !entry.except.includes(entry.starts) ? [startMs] : [];
}

function occurrenceOf(area: AreaCode, entry: ProgrammeEntry, startMs: number): Occurrence {
  const graceMs =
    entry.band === BANDS.ceremony
      ? Math.min(entry.grace_s * 1_000, CEREMONY_GRACE_MS)
      : entry.grace_s * 1_000;
  const addressed = outputsOf(entry);
  const endOn = (output: Output) =>
    startMs + (addressed.includes(output) ? durationMsOf(entry.announcement, output) : 0);
  return {
    id: `${area}/${entry.id}/${compactLocal(startMs)}`,
    area,
    entry,
    startMs,
    latestStartMs: startMs + graceMs,
    endsMs: { tower: endOn('tower'), panel: endOn('panel') },
  };
}

/** `20261113T183000`: RFC 5545 form of a Thai wall-clock time. */
function compactLocal(epochMs: number): string {
  const iso = new Date(epochMs + BANGKOK_OFFSET_MS).toISOString();
  const [year, month, day, time] = [iso.slice(0, 4), iso.slice(5, 7), iso.slice(8, 10), iso.slice(11, 19)];
  return `${year}${month}${day}T${time.replaceAll(':', '')}`;
}

function byDue(a: Occurrence, b: Occurrence): number {
  return (
    a.startMs - b.startMs ||
    b.entry.band - a.entry.band ||
    AREA_LEVELS.indexOf(levelOf(a.area)) - AREA_LEVELS.indexOf(levelOf(b.area)) ||
    (a.id < b.id ? -1 : 1)
  );
}

// ---- who wins ---------------------------------------------------------------------------------------------------

/** One decision for each occurrence and output it has something to say on, by output, then by first moment. */
export function resolve(occurrences: Occurrence[]): Decision[] {
  return OUTPUTS.flatMap((output) => resolveOutput(occurrences, output));
}

/** An occurrence on its way through an output. */
interface Stint {
  occurrence: Occurrence;
  remainingMs: number;
  startedMs?: number;
  /** Who it had to wait for, or was cut by, last. */
  behind?: PlayId;
  wasCut: boolean;
  over?: PlayId;
}

/** Walks the starts and ends of one output in order, as the playout will. */
function resolveOutput(occurrences: Occurrence[], output: Output): Decision[] {
  const coming = occurrences.filter((each) => each.endsMs[output] > each.startMs).sort(byDue);
  const decided: Decision[] = [];
  const waiting: Stint[] = [];
  let playing: Stint | undefined;
  let nowMs = 0;

  const decide = (stint: Stint, verdict: Decision['verdict'], endsMs: number, because: string) =>
    decided.push({
      occurrence: stint.occurrence,
      output,
      verdict,
      startsMs: stint.startedMs ?? stint.occurrence.startMs,
      endsMs,
      because,
    });

  const playUntil = (untilMs: number) => {
    while (playing !== undefined && nowMs + playing.remainingMs <= untilMs) {
      nowMs += playing.remainingMs;
      finish(playing);
      playing = next(playing.occurrence.id);
    }
    if (playing !== undefined) playing.remainingMs -= untilMs - nowMs;
    nowMs = untilMs;
  };

  const finish = (stint: Stint) => {
    if (stint.wasCut) decide(stint, 'cut', nowMs, `resumes-after ${stint.behind}`);
    else if (stint.behind !== undefined) decide(stint, 'waits', nowMs, `after ${stint.behind}`);
    else decide(stint, 'plays', nowMs, stint.over === undefined ? 'due' : `over ${stint.over}`);
  };

  /** The highest band first, then the earlier start; what came too late on the way is expired. */
  const next = (ended: PlayId): Stint | undefined => {
    waiting.sort(
      (a, b) => b.occurrence.entry.band - a.occurrence.entry.band || byDue(a.occurrence, b.occurrence),
    );
    for (let stint = waiting.shift(); stint !== undefined; stint = waiting.shift()) {
      if (stint.startedMs === undefined && nowMs > stint.occurrence.latestStartMs) {
        decide(stint, 'loses', stint.occurrence.startMs, `expired-behind ${ended}`);
        continue;
      }
      stint.startedMs ??= nowMs;
      return stint;
    }
    return undefined;
  };

  for (const occurrence of coming) {
    playUntil(occurrence.startMs);
    const stint: Stint = {
      occurrence,
      remainingMs: occurrence.endsMs[output] - occurrence.startMs,
      wasCut: false,
    };
    if (playing === undefined) {
      playing = { ...stint, startedMs: nowMs };
    } else if (occurrence.entry.band > playing.occurrence.entry.band) {
      preempt(playing, occurrence.id);
      playing = { ...stint, startedMs: nowMs, over: playing.occurrence.id };
    } else {
      waiting.push({ ...stint, behind: playing.occurrence.id });
    }
  }
  playUntil(Number.POSITIVE_INFINITY);
  return decided.sort((a, b) => a.startsMs - b.startsMs || byDue(a.occurrence, b.occurrence));

  function preempt(stint: Stint, by: PlayId) {
    if (stint.occurrence.entry.when_cut === 'give-up') decide(stint, 'cut', nowMs, `gives-up-for ${by}`);
    else waiting.push({ ...stint, behind: by, wasCut: true });
  }
}
