import { civilOf, DAY_MS, dayOf, daysInMonth, modulo, weekdayOf } from './civil-day.ts';
import { BANGKOK_OFFSET_MS, epochMsOfLocal, type LocalTime } from './instant.ts';
import type { Frequency, Rule, WeekdayRule } from './recurrence-rule.ts';

/**
 * When a rule comes, in Thai time. The offset is fixed, so a start is a whole day plus a time of day, and a rule is
 * a question asked of each day: "are you one?" Only BYSETPOS needs the whole week, month or year in view.
 */

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

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
  const left = new Set(except.map(epochMsOfLocal));
  const found: number[] = [];
  const [first, from, to] = [epochMsOfLocal(startsLocal), fromMs, toMs].map((ms) => ms + BANGKOK_OFFSET_MS);
  if (first === undefined || from === undefined || to === undefined) return found;
  for (const localMs of startsOf(rule, first, from, to)) {
    if (found.length >= limit) break;
    const epochMs = localMs - BANGKOK_OFFSET_MS;
    if (epochMs >= fromMs && !left.has(epochMs)) found.push(epochMs);
  }
  return found;
}

/** Starts in local ms, from about `fromMs` (never before `firstMs`) and before `toMs`. */
function* startsOf(rule: Rule, firstMs: number, fromMs: number, toMs: number): Generator<number> {
  const full = completed(rule, firstMs);
  const fromStart = rule.count === undefined ? Math.max(firstMs, fromMs) : firstMs;
  const lastMs = Math.min(toMs - 1, rule.untilLocalMs ?? LAST_MS, LAST_MS);
  let counted = 0;
  for (const ms of candidates(full, firstMs, fromStart, lastMs)) {
    if (ms > lastMs) return;
    if (ms < firstMs) continue;
    if (rule.count !== undefined && ++counted > rule.count) return;
    yield ms;
  }
}

/** What the rule leaves open is taken from its first start. */
function completed(rule: Rule, firstMs: number): Rule {
  const day = Math.floor(firstMs / DAY_MS);
  const { month, dayOfMonth } = civilOf(day);
  const first = new Date(firstMs);
  const noDay = rule.byDay.length === 0 && rule.byMonthDay.length === 0;
  const { frequency } = rule;
  const yearly = frequency === 'YEARLY';
  return {
    ...rule,
    byMonth: yearly && noDay ? or(rule.byMonth, month) : rule.byMonth,
    byMonthDay: noDay && (yearly || frequency === 'MONTHLY') ? [dayOfMonth] : rule.byMonthDay,
    byDay: noDay && frequency === 'WEEKLY' ? [{ ordinal: 0, weekday: weekdayOf(day) }] : rule.byDay,
    byHour: isWithinDay(frequency) ? rule.byHour : or(rule.byHour, first.getUTCHours()),
    byMinute: frequency === 'MINUTELY' ? rule.byMinute : or(rule.byMinute, first.getUTCMinutes()),
    bySecond: or(rule.bySecond, first.getUTCSeconds()),
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

const PERIODS: Record<Frequency, Period> = {
  YEARLY: { indexOf: (day) => civilOf(day).year, firstDay: (year) => dayOf(year, 1, 1) },
  MONTHLY: {
    indexOf: (day) => civilOf(day).year * 12 + civilOf(day).month - 1,
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

/** Starts of the periods that INTERVAL keeps, in order; some may lie outside `fromMs`..`toMs`. */
function* candidates(rule: Rule, firstMs: number, fromMs: number, toMs: number): Generator<number> {
  const [firstDay, fromDay, toDay] = [dayAt(firstMs), dayAt(fromMs), dayAt(toMs)];
  const { frequency, weekStart } = rule;
  const period = PERIODS[frequency];
  const interval = isWithinDay(frequency) ? 1 : rule.interval;
  const timesOn = timesOfDay(rule, firstMs);
  const wholePeriod = rule.bySetPos.length > 0 && period !== EACH_DAY;
  const here = period.indexOf(fromDay, weekStart);
  let index = here + modulo(period.indexOf(firstDay, weekStart) - here, interval);
  for (; period.firstDay(index, weekStart) <= toDay; index += interval) {
    const opens = period.firstDay(index, weekStart);
    const closes = period.firstDay(index + 1, weekStart);
    if (wholePeriod) yield* chosen([...startsOn(rule, opens, closes, timesOn)], rule.bySetPos);
    else yield* startsOn(rule, Math.max(opens, fromDay), Math.min(closes, toDay + 1), timesOn);
  }
}

function dayAt(localMs: number): number {
  return Math.floor(localMs / DAY_MS);
}

/** Starts on the days from `opens` up to, not including, `closes`. */
function* startsOn(
  rule: Rule,
  opens: number,
  closes: number,
  timesOn: (day: number) => number[],
): Generator<number> {
  for (let day = opens; day < closes; day++)
    if (isDayOf(rule, day)) for (const time of timesOn(day)) yield day * DAY_MS + time;
}

/** BYSETPOS: the first, second, ... or from the end, of a set in order. */
function chosen(set: number[], positions: number[]): number[] {
  if (positions.length === 0) return set;
  return set.filter((_, at) => positions.includes(at + 1) || positions.includes(at - set.length));
}

// ---- days -------------------------------------------------------------------------------------------------------

function isDayOf(rule: Rule, day: number): boolean {
  const { byDay, byMonth, byMonthDay } = rule;
  const weekday = weekdayOf(day);
  if (byDay.length > 0 && !byDay.some((each) => each.weekday === weekday)) return false;
  if (byMonth.length === 0 && byMonthDay.length === 0 && byDay.every((each) => each.ordinal === 0))
    return true;
  const { year, month, dayOfMonth } = civilOf(day);
  if (byMonth.length > 0 && !byMonth.includes(month)) return false;
  const length = daysInMonth(year, month);
  if (byMonthDay.length > 0 && !byMonthDay.some((n) => n === dayOfMonth || n === dayOfMonth - length - 1))
    return false;
  if (byDay.length === 0) return true;
  // An ordinal counts within the year, unless months are named (RFC 5545, 3.3.10, note 2).
  const inYear = rule.frequency === 'YEARLY' && byMonth.length === 0;
  const before = inYear ? day - dayOf(year, 1, 1) : dayOfMonth - 1;
  const after = inYear ? dayOf(year + 1, 1, 1) - 1 - day : length - dayOfMonth;
  return byDay.some((each) => each.weekday === weekday && hasOrdinal(each, before, after));
}

/** Whether a weekday with so many days before and after it in its month or year is the nth, or the nth last. */
function hasOrdinal({ ordinal }: WeekdayRule, before: number, after: number): boolean {
  if (ordinal === 0) return true;
  return ordinal > 0 ? Math.floor(before / 7) + 1 === ordinal : -(Math.floor(after / 7) + 1) === ordinal;
}

// ---- times of day -----------------------------------------------------------------------------------------------

/** Ms after midnight of each start on a day that the rule takes. */
function timesOfDay(rule: Rule, firstMs: number): (day: number) => number[] {
  const { byHour, byMinute, interval } = rule;
  const seconds = sorted(rule.bySecond).map((n) => n * 1_000);
  if (rule.frequency === 'MINUTELY') {
    const inMinute = chosen(seconds, rule.bySetPos);
    const firstMinute = Math.floor(firstMs / MINUTE_MS);
    return (day) =>
      steps(day * 1_440, 1_440, firstMinute, interval)
        .filter((n) => isAmong(byHour, Math.floor(n / 60)) && isAmong(byMinute, n % 60))
        .flatMap((n) => inMinute.map((ms) => n * MINUTE_MS + ms));
  }
  const inHour = crossed(
    sorted(byMinute).map((n) => n * MINUTE_MS),
    seconds,
  );
  if (rule.frequency === 'HOURLY') {
    const picked = chosen(inHour, rule.bySetPos);
    const firstHour = Math.floor(firstMs / HOUR_MS);
    return (day) =>
      steps(day * 24, 24, firstHour, interval)
        .filter((n) => isAmong(byHour, n))
        .flatMap((n) => picked.map((ms) => n * HOUR_MS + ms));
  }
  const inDay = crossed(
    sorted(byHour).map((n) => n * HOUR_MS),
    inHour,
  );
  const same = rule.frequency === 'DAILY' ? chosen(inDay, rule.bySetPos) : inDay;
  return () => same;
}

/** Of the units `begin`..`begin + length - 1`, each `interval`th counted from `anchor`, as offsets from `begin`. */
function steps(begin: number, length: number, anchor: number, interval: number): number[] {
  const found: number[] = [];
  for (let at = modulo(anchor - begin, interval); at < length; at += interval) found.push(at);
  return found;
}

function isAmong(given: number[], n: number): boolean {
  return given.length === 0 || given.includes(n);
}

function sorted(numbers: number[]): number[] {
  return [...numbers].sort((a, b) => a - b);
}

/** Every outer plus every inner, in order where both are. */
function crossed(outer: number[], inner: number[]): number[] {
  return outer.flatMap((high) => inner.map((low) => high + low));
}
