import { civilOf, DAY_MS, weekdayOf } from '../../../../firmware-protocol/content/civil-day.ts';
import type { LocalTime } from '../../../../firmware-protocol/content/instant.ts';
import { parseRule, type Rule } from '../../../../firmware-protocol/content/recurrence-rule.ts';

/** How a person fills in when an entry comes. What does not fit stays a rule as text (`custom`), so that nothing is lost by opening it. */
export const REPEATS = ['once', 'daily', 'weekly', 'by-date', 'by-weekday', 'yearly', 'custom'] as const;
export type Repeat = (typeof REPEATS)[number];

export interface RuleForm {
  repeat: Repeat;
  /** First day, `2026-11-30`. */
  day: string;
  /** Of the day, each `06:30`, in order; at least one. Of `custom` the time of `day`. */
  times: string[];
  interval: number;
  /** Of `weekly`, 0 = Monday. */
  weekdays: number[];
  /** Of `by-date`; -1 is the last day of the month. */
  dates: number[];
  /** Of `by-weekday`: the `ordinal`-th of the month, -1 = the last. */
  ordinal: number;
  weekday: number;
  /** Not of `once` and `yearly`; empty = all months. */
  months: number[];
  ends: { how: 'never' } | { how: 'until'; day: string } | { how: 'count'; count: number };
  /** Of `custom`. */
  rule: string;
}

const NAMES = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Why a form cannot be one rule. `times`: some of each hour and minute are there, and not all of them. */
export type FormFault = 'times' | 'weekdays' | 'dates' | 'rule' | 'until';

export function formFault({
  repeat,
  times,
  weekdays,
  dates,
  rule,
  ends,
  day,
}: RuleForm): FormFault | undefined {
  if (repeat === 'custom') return parseRule(rule).ok ? undefined : 'rule';
  if (times.length === 0 || (repeat === 'once' ? times.length > 1 : productOf(times) === undefined))
    return 'times';
  if (repeat === 'weekly' && weekdays.length === 0) return 'weekdays';
  if (repeat === 'by-date' && dates.length === 0) return 'dates';
  return repeat !== 'once' && ends.how === 'until' && ends.day < day ? 'until' : undefined;
}

/** A form without a fault -> what stands in an entry. */
export function ruleOf(form: RuleForm): { starts: LocalTime; rule?: string } {
  const { repeat, day, times, rule } = form;
  const starts = `${day}T${times[0] ?? '00:00'}:00`;
  if (repeat === 'once') return { starts };
  if (repeat === 'custom') return { starts, rule };
  return { starts, rule: [...partsOf(form), ...timeParts(times), ...endParts(form)].join(';') };
}

function partsOf({ repeat, interval, weekdays, dates, ordinal, weekday, months }: RuleForm): string[] {
  const every = interval === 1 ? [] : [`INTERVAL=${interval}`];
  const inMonths = months.length === 0 ? [] : [`BYMONTH=${months.join(',')}`];
  switch (repeat) {
    case 'weekly':
      return ['FREQ=WEEKLY', ...every, ...inMonths, `BYDAY=${weekdays.map((each) => NAMES[each]).join(',')}`];
    case 'by-date':
      return ['FREQ=MONTHLY', ...every, ...inMonths, `BYMONTHDAY=${dates.join(',')}`];
    case 'by-weekday':
      return ['FREQ=MONTHLY', ...every, ...inMonths, `BYDAY=${ordinal}${NAMES[weekday]}`];
    case 'yearly':
      return ['FREQ=YEARLY', ...every];
    default:
      return ['FREQ=DAILY', ...every, ...inMonths];
  }
}

function timeParts(times: string[]): string[] {
  if (times.length === 1) return [];
  const { hours, minutes } = productOf(times) ?? { hours: [], minutes: [] };
  return [`BYHOUR=${hours.join(',')}`, `BYMINUTE=${minutes.join(',')}`];
}

function endParts({ ends }: RuleForm): string[] {
  if (ends.how === 'until') return [`UNTIL=${ends.day.replaceAll('-', '')}`];
  return ends.how === 'count' ? [`COUNT=${ends.count}`] : [];
}

/** A rule says hours and minutes, and means each minute of each hour. */
function productOf(times: string[]): { hours: number[]; minutes: number[] } | undefined {
  const parts = times.map((time) => time.split(':').map(Number));
  const hours = eachOnce(parts.map(([hour = 0]) => hour));
  const minutes = eachOnce(parts.map(([, minute = 0]) => minute));
  return hours.length * minutes.length === new Set(times).size ? { hours, minutes } : undefined;
}

/** What an entry says, as a form. */
export function formOf(starts: LocalTime, rule?: string): RuleForm {
  const plain = emptyForm(starts);
  if (rule === undefined) return starts.endsWith(':00') ? plain : { ...plain, repeat: 'once' };
  const parsed = parseRule(rule);
  return (
    (parsed.ok && starts.endsWith(':00') && filledFrom(plain, parsed.rule)) || {
      ...plain,
      repeat: 'custom',
      rule,
    }
  );
}

/** Once, at this time; what a person may choose next is filled in from its day. */
export function emptyForm(starts: LocalTime): RuleForm {
  const day = starts.slice(0, 10);
  const number = Date.parse(day) / DAY_MS;
  const { dayOfMonth } = civilOf(number);
  return {
    repeat: 'once',
    day,
    times: [starts.slice(11, 16)],
    interval: 1,
    weekdays: [weekdayOf(number)],
    dates: [dayOfMonth],
    ordinal: Math.ceil(dayOfMonth / 7) === 5 ? -1 : Math.ceil(dayOfMonth / 7),
    weekday: weekdayOf(number),
    months: [],
    ends: { how: 'never' },
    rule: 'FREQ=DAILY',
  };
}

/** Undefined where the rule says more than the form can. */
function filledFrom(form: RuleForm, rule: Rule): RuleForm | undefined {
  const days = daysFrom(form, rule);
  const times = timesFrom(form, rule);
  const ends = endsFrom(rule);
  const weeksElse = rule.frequency === 'WEEKLY' && rule.interval > 1 && rule.weekStart !== 0;
  if (!days || !times || !ends || weeksElse || rule.bySetPos.length > 0) return undefined;
  const months = days.repeat === 'yearly' ? [] : eachOnce(rule.byMonth);
  return { ...form, ...days, times, ends, months, interval: rule.interval };
}

function daysFrom(form: RuleForm, rule: Rule): (Pick<RuleForm, 'repeat'> & Partial<RuleForm>) | undefined {
  const { frequency, byDay, byMonth, byMonthDay } = rule;
  const [only, ...more] = byDay;
  if (byDay.length > 0 && byMonthDay.length > 0) return undefined;
  if (frequency === 'DAILY') return byDay.length + byMonthDay.length === 0 ? { repeat: 'daily' } : undefined;
  if (frequency === 'WEEKLY')
    return { repeat: 'weekly', ...(only && { weekdays: eachOnce(byDay.map(({ weekday }) => weekday)) }) };
  if (frequency === 'YEARLY')
    return byDay.length + byMonthDay.length + byMonth.length === 0 ? { repeat: 'yearly' } : undefined;
  if (frequency !== 'MONTHLY') return undefined;
  if (only === undefined)
    return { repeat: 'by-date', dates: byMonthDay.length > 0 ? dated(byMonthDay) : form.dates };
  const isNth = more.length === 0 && (only.ordinal === -1 || (only.ordinal > 0 && only.ordinal < 5));
  return isNth ? { repeat: 'by-weekday', ordinal: only.ordinal, weekday: only.weekday } : undefined;
}

function timesFrom(form: RuleForm, { frequency, byHour, byMinute, bySecond }: Rule): string[] | undefined {
  if (frequency === 'HOURLY' || frequency === 'MINUTELY' || bySecond.some((each) => each !== 0))
    return undefined;
  const [hour = 0, minute = 0] = (form.times[0] ?? '').split(':').map(Number);
  const hours = eachOnce(byHour.length > 0 ? byHour : [hour]);
  const minutes = eachOnce(byMinute.length > 0 ? byMinute : [minute]);
  const times = hours.flatMap((h) =>
    minutes.map((m) => [h, m].map((n) => String(n).padStart(2, '0')).join(':')),
  );
  // Begun in the middle of its first day, which a form that names all times of a day does not say.
  return (times[0] ?? '') < (form.times[0] ?? '') ? undefined : times;
}

function endsFrom({ count, untilLocalMs }: Rule): RuleForm['ends'] | undefined {
  if (count !== undefined) return { how: 'count', count };
  if (untilLocalMs === undefined) return { how: 'never' };
  const text = new Date(untilLocalMs).toISOString();
  return text.slice(11, 19) === '23:59:59' ? { how: 'until', day: text.slice(0, 10) } : undefined;
}

function eachOnce(numbers: number[]): number[] {
  return [...new Set(numbers)].sort((a, b) => a - b);
}

/** The last day comes last. */
function dated(days: number[]): number[] {
  const each = eachOnce(days);
  return [...each.filter((n) => n > 0), ...each.filter((n) => n < 0)];
}
