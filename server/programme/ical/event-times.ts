import { sha256Of } from '../../../firmware-protocol/content/audit.ts';
import {
  BANGKOK_OFFSET_MS,
  epochMsOfLocal,
  type LocalTime,
} from '../../../firmware-protocol/content/instant.ts';
import type { ProgrammeEntry } from '../../../firmware-protocol/content/programme.ts';
import { parseRule } from '../../../firmware-protocol/content/recurrence-rule.ts';
import { startsOfEntry } from '../../../firmware-protocol/content/resolver.ts';
import { compact, localAt, THAI_ZONE, utcStamp } from './stamps.ts';

/** When an event is, in Thai wall-clock time, as iCalendar says it. */
export interface EventTimes {
  start: LocalTime;
  rule?: string | undefined;
  except: LocalTime[];
  /** Further starts (RDATE). */
  dates: LocalTime[];
}

/** A rule that has not begun by then never will: 29 February on a Sunday comes every 28 years. */
const LOOK_AHEAD_MS = 30 * 366 * 86_400_000;

/**
 * The times of an entry as other programs understand them; undefined = it never starts. For them DTSTART is a start in any case (RFC 5545,
 * 3.8.5.3), with us only where it fits the rule: so the first start that fits is written. Intervals and counts go on from there as before.
 */
export function timesOf({
  starts,
  rule,
  except,
}: Pick<ProgrammeEntry, 'starts' | 'rule' | 'except'>): EventTimes | undefined {
  if (rule === undefined)
    return except.includes(starts) ? undefined : { start: starts, except: [], dates: [] };
  const fromMs = epochMsOfLocal(starts);
  const [firstMs] = startsOfEntry({ starts, rule, except: [] }, fromMs, fromMs + LOOK_AHEAD_MS, 1);
  if (firstMs === undefined) return undefined;
  return { start: localAt(firstMs), rule: withUntilInUtc(rule), except, dates: [] };
}

/** UNTIL is in UTC wherever DTSTART names a zone (3.3.10). */
function withUntilInUtc(rule: string): string {
  const parsed = parseRule(rule);
  if (!parsed.ok || parsed.rule.untilLocalMs === undefined) return rule;
  const until = utcStamp(parsed.rule.untilLocalMs - BANGKOK_OFFSET_MS);
  return rule.replace(/UNTIL=[^;]*/, `UNTIL=${until}`);
}

/** DTSTART, RRULE, EXDATE and RDATE. */
export function timeLines({ start, rule, except, dates }: EventTimes): string[] {
  const list = (name: string, times: LocalTime[]) =>
    times.length === 0 ? [] : [`${name};TZID=${THAI_ZONE}:${times.map(compact).join(',')}`];
  return [
    `DTSTART;TZID=${THAI_ZONE}:${compact(start)}`,
    ...(rule === undefined ? [] : [`RRULE:${rule}`]),
    ...list('RDATE', dates),
    ...list('EXDATE', except),
  ];
}

/** Two events with the same seal are at the same times: whether somebody moved an event of ours is seen by it. */
export function sealOf({ start, rule = '', except, dates }: EventTimes): string {
  const sorted = (times: LocalTime[]) => [...new Set(times)].sort();
  return sha256Of([start, rule, sorted(except), sorted(dates)]).slice(0, 32);
}
