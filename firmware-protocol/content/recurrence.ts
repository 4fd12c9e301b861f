import { type CivilDay, civilOf, DAY_MS, dayOf, modulo, weekdayOf } from './civil-day.ts';
import { BANGKOK_OFFSET_MS, epochMsOfLocal, type LocalTime } from './instant.ts';
import { isDayOf } from './recurrence-days.ts';
import type { Frequency, Rule } from './recurrence-rule.ts';
import { chosen, timesOfDay } from './recurrence-times.ts';

/**
 * When a rule comes, in Thai time. The offset is fixed, so a start is a whole day plus a time of day, and a rule is
 * a question asked of each day: "are you one?" Only BYSETPOS needs the whole week, month or year in view.
 */

/** Nothing starts after 2199: where a rule that never comes (30 February) stops being asked. */
const LAST_MS = Date.UTC(2200, 0, 1) - 1;

/**
 * Starts from `fromMs` up to, not including, `toMs` (epoch ms), in order, at most `limit`.
 * `startsLocal` is the first start where it fits the rule (RFC 5545, 3.8.5.3) and gives what the rule leaves open;
 * `except` are starts left out, which still count for COUNT. Work is bounded by the days between the two instants;
 * a rule with COUNT is counted from its first start.
 */
export function occurrencesBetween(
  rule: Rule,
  startsLocal: LocalTime,
  except: readonly LocalTime[],
  fromMs: number,
  toMs: number,
  limit: number,
): number[] {
  const firstMs = localMsOf(startsLocal);
  const leftOut = new Set(except.map(localMsOf));
  const lastMs = Math.min(localAt(toMs) - 1, rule.untilLocalMs ?? LAST_MS, LAST_MS);
  const neededMs = Math.max(firstMs, localAt(fromMs));
  const found: number[] = [];
  let counted = 0;
  for (const set of sets(completed(rule, firstMs), firstMs, rule.count ? firstMs : neededMs, lastMs)) {
    for (const ms of set) {
      if (ms > lastMs || found.length >= limit) return found;
      if (ms < firstMs) continue;
      if (rule.count !== undefined && ++counted > rule.count) return found;
      if (ms >= neededMs && !leftOut.has(ms)) found.push(ms - BANGKOK_OFFSET_MS);
    }
  }
  return found;
}

function localAt(epochMs: number): number {
  return epochMs + BANGKOK_OFFSET_MS;
}

function localMsOf(local: LocalTime): number {
  return localAt(epochMsOfLocal(local));
}

/** What the rule leaves open is taken from its first start. */
function completed(rule: Rule, firstMs: number): Rule {
  const day = Math.floor(firstMs / DAY_MS);
  const { month, dayOfMonth } = civilOf(day);
  const second = Math.floor(modulo(firstMs, DAY_MS) / 1_000);
  const noDay = rule.byDay.length === 0 && rule.byMonthDay.length === 0;
  const { frequency } = rule;
  const yearly = frequency === 'YEARLY';
  return {
    ...rule,
    byMonth: yearly && noDay ? or(rule.byMonth, month) : rule.byMonth,
    byMonthDay: noDay && (yearly || frequency === 'MONTHLY') ? [dayOfMonth] : rule.byMonthDay,
    byDay: noDay && frequency === 'WEEKLY' ? [{ ordinal: 0, weekday: weekdayOf(day) }] : rule.byDay,
    byHour: isWithinDay(frequency) ? rule.byHour : or(rule.byHour, Math.floor(second / 3_600)),
    byMinute: frequency === 'MINUTELY' ? rule.byMinute : or(rule.byMinute, Math.floor(second / 60) % 60),
    bySecond: or(rule.bySecond, second % 60),
  };
}

function or(given: number[], otherwise: number): number[] {
  return given.length > 0 ? given : [otherwise];
}

function isWithinDay(frequency: Frequency): boolean {
  return frequency === 'HOURLY' || frequency === 'MINUTELY';
}

// ---- periods ----------------------------------------------------------------------------------------------------

/** Numbers the weeks, months or years, so that INTERVAL is a remainder. */
interface Period {
  indexOf(day: number, weekStart: number): number;
  firstDay(index: number, weekStart: number): number;
}

const EACH_DAY: Period = { indexOf: (day) => day, firstDay: (index) => index };

function monthIndexOf({ year, month }: CivilDay): number {
  return year * 12 + month - 1;
}

const PERIODS: Record<Frequency, Period> = {
  YEARLY: { indexOf: (day) => civilOf(day).year, firstDay: (year) => dayOf(year, 1, 1) },
  MONTHLY: {
    indexOf: (day) => monthIndexOf(civilOf(day)),
    firstDay: (index) => dayOf(Math.floor(index / 12), modulo(index, 12) + 1, 1),
  },
  WEEKLY: {
    indexOf: (day, weekStart) => Math.floor((day + 3 - weekStart) / 7),
    firstDay: (index, weekStart) => index * 7 - 3 + weekStart,
  },
  DAILY: EACH_DAY,
  HOURLY: EACH_DAY,
  MINUTELY: EACH_DAY,
};

/** The starts of each period that INTERVAL keeps, in order; some may lie outside `fromMs`..`toMs`. */
function* sets(rule: Rule, firstMs: number, fromMs: number, toMs: number): Generator<number[]> {
  const [firstDay, fromDay, toDay] = [dayAt(firstMs), dayAt(fromMs), dayAt(toMs)];
  const { frequency, weekStart, bySetPos } = rule;
  const period = PERIODS[frequency];
  const interval = isWithinDay(frequency) ? 1 : rule.interval;
  const timesOn = timesOfDay(rule, firstMs);
  const wholePeriod = bySetPos.length > 0 && period !== EACH_DAY;
  const here = period.indexOf(fromDay, weekStart);
  let index = here + modulo(period.indexOf(firstDay, weekStart) - here, interval);
  for (; period.firstDay(index, weekStart) <= toDay; index += interval) {
    const opens = period.firstDay(index, weekStart);
    const closes = period.firstDay(index + 1, weekStart);
    if (wholePeriod) yield chosen(startsOn(rule, opens, closes, timesOn), bySetPos);
    else yield startsOn(rule, Math.max(opens, fromDay), Math.min(closes, toDay + 1), timesOn);
  }
}

function dayAt(localMs: number): number {
  return Math.floor(localMs / DAY_MS);
}

/** Starts on the days from `opens` up to, not including, `closes`. */
function startsOn(rule: Rule, opens: number, closes: number, timesOn: (day: number) => number[]): number[] {
  const starts: number[] = [];
  for (let day = opens; day < closes; day++)
    if (isDayOf(rule, day)) for (const time of timesOn(day)) starts.push(day * DAY_MS + time);
  return starts;
}
