import { BANGKOK_OFFSET_MS } from './instant.ts';

/** The subset of RFC 5545 recurrence rules (3.3.10) that a programme may use. SPEC.md, "Recurrence" says it in words. */
export const FREQUENCIES = ['YEARLY', 'MONTHLY', 'WEEKLY', 'DAILY', 'HOURLY', 'MINUTELY'] as const;
export type Frequency = (typeof FREQUENCIES)[number];

export const RULE_LIMITS = { interval: 10_000, count: 10_000, startsADay: 1_440 } as const;

/** `FR` (ordinal 0), `2FR` the second, `-1FR` the last. Weekday 0 is Monday. */
export interface WeekdayRule {
  ordinal: number;
  weekday: number;
}

/** A rule as written; an empty list or an absent member was not given. */
export interface Rule {
  frequency: Frequency;
  interval: number;
  count?: number;
  /** Last start that counts, ms of Thai wall clock since 1970-01-01T00:00. */
  untilLocalMs?: number;
  byMonth: number[];
  byMonthDay: number[];
  byDay: WeekdayRule[];
  byHour: number[];
  byMinute: number[];
  bySecond: number[];
  bySetPos: number[];
  /** First day of the week, 0 = Monday. */
  weekStart: number;
}

/** One fault of a rule: the part at fault and what is wrong with it. */
export interface RuleFault {
  part: string;
  what: string;
}
export type ParsedRule = { ok: true; rule: Rule } | { ok: false; fault: RuleFault };

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'];

/** Reads the value of one part into the rule; returns what is wrong, or undefined. */
type PartReader = (value: string, rule: Rule) => string | undefined;

const PARTS: Record<string, PartReader> = {
  FREQ: (value, rule) => {
    const found = FREQUENCIES.find((each) => each === value);
    if (found === undefined) return `is one of ${FREQUENCIES.join(', ')}`;
    rule.frequency = found;
    return undefined;
  },
  INTERVAL: (value, rule) => one(value, 1, RULE_LIMITS.interval, (n) => (rule.interval = n)),
  COUNT: (value, rule) => one(value, 1, RULE_LIMITS.count, (n) => (rule.count = n)),
  UNTIL: (value, rule) => {
    const until = untilOf(value);
    if (until === undefined) return 'is YYYYMMDD or YYYYMMDDTHHMMSS in Thai time, or with Z in UTC';
    rule.untilLocalMs = until;
    return undefined;
  },
  BYMONTH: (value, rule) => many(value, rule.byMonth, 1, 12),
  BYMONTHDAY: (value, rule) => many(value, rule.byMonthDay, 1, 31, 'signed'),
  BYDAY: (value, rule) => {
    for (const each of value.split(',')) {
      const [, ordinal, name] = /^([+-]?[1-9]\d?)?([A-Z]{2})$/.exec(each) ?? [];
      const weekday = WEEKDAYS.indexOf(name ?? '');
      if (weekday < 0 || Math.abs(Number(ordinal ?? 0)) > 53) return `"${each}" is no weekday`;
      rule.byDay.push({ ordinal: Number(ordinal ?? 0), weekday });
    }
    return undefined;
  },
  BYHOUR: (value, rule) => many(value, rule.byHour, 0, 23),
  BYMINUTE: (value, rule) => many(value, rule.byMinute, 0, 59),
  BYSECOND: (value, rule) => many(value, rule.bySecond, 0, 59),
  BYSETPOS: (value, rule) => many(value, rule.bySetPos, 1, 366, 'signed'),
  WKST: (value, rule) => {
    rule.weekStart = WEEKDAYS.indexOf(value);
    return rule.weekStart < 0 ? `"${value}" is no weekday` : undefined;
  },
};

/** The names of the parts, for documents. */
export const RULE_PARTS = Object.keys(PARTS);

/** The value of an RRULE (without `RRULE:`) -> the rule, or the first fault in it. Never throws. */
export function parseRule(text: string): ParsedRule {
  const rule = emptyRule();
  const seen = new Set<string>();
  for (const piece of text.split(';')) {
    const [name = '', value = '', ...more] = piece.split('=');
    const read = Object.hasOwn(PARTS, name) ? PARTS[name] : undefined;
    if (read === undefined) return failed(name, 'is no part of the rules that prakat knows');
    if (seen.has(name)) return failed(name, 'is given twice');
    if (more.length > 0 || value === '') return failed(name, 'has no value');
    const wrong = read(value, rule);
    if (wrong !== undefined) return failed(name, wrong);
    seen.add(name);
  }
  const clash = clashIn(rule, seen);
  return clash ?? { ok: true, rule };
}

/** Combinations that RFC 5545 forbids, or that would start more often than once a minute. */
function clashIn(rule: Rule, given: Set<string>): ParsedRule | undefined {
  const ordinals = rule.byDay.some((each) => each.ordinal !== 0);
  const expansions = ['BYMONTH', 'BYMONTHDAY', 'BYDAY', 'BYHOUR', 'BYMINUTE', 'BYSECOND'];
  if (!given.has('FREQ')) return failed('FREQ', 'is missing');
  if (given.has('COUNT') && given.has('UNTIL')) return failed('COUNT', 'and UNTIL exclude each other');
  if (ordinals && rule.frequency !== 'MONTHLY' && rule.frequency !== 'YEARLY')
    return failed('BYDAY', 'has ordinals only in MONTHLY and YEARLY rules');
  if (ordinals && given.has('BYMONTHDAY')) return failed('BYDAY', 'has ordinals only without BYMONTHDAY');
  if (given.has('BYMONTHDAY') && rule.frequency === 'WEEKLY')
    return failed('BYMONTHDAY', 'has no meaning in a WEEKLY rule');
  if (given.has('BYSETPOS') && !expansions.some((each) => given.has(each)))
    return failed('BYSETPOS', 'needs another BY part to choose from');
  if (startsADay(rule) > RULE_LIMITS.startsADay)
    return failed('BYSECOND', 'makes this rule start more often than once a minute');
  return undefined;
}

/** At most so many starts on one day. */
export function startsADay({ frequency, interval, byHour, byMinute, bySecond }: Rule): number {
  const everyNth = (units: number, ofDay: number) => Math.min(units, Math.ceil(ofDay / interval));
  const seconds = bySecond.length || 1;
  if (frequency === 'MINUTELY')
    return everyNth((byHour.length || 24) * (byMinute.length || 60), 1_440) * seconds;
  const hours = frequency === 'HOURLY' ? everyNth(byHour.length || 24, 24) : byHour.length || 1;
  return hours * (byMinute.length || 1) * seconds;
}

function one(value: string, low: number, high: number, take: (n: number) => void): string | undefined {
  const wrong = `is a whole number from ${low} to ${high}`;
  if (!/^\d{1,6}$/.test(value) || Number(value) < low || Number(value) > high) return wrong;
  take(Number(value));
  return undefined;
}

function many(value: string, into: number[], low: number, high: number, sign?: 'signed'): string | undefined {
  const form = sign === undefined ? /^\d{1,3}$/ : /^[+-]?\d{1,3}$/;
  for (const each of value.split(',')) {
    const size = Math.abs(Number(each));
    if (!form.test(each) || size < low || size > high)
      return `"${each}" is no number from ${low} to ${high}${sign === undefined ? '' : ', or from the end with "-"'}`;
    if (!into.includes(Number(each))) into.push(Number(each));
  }
  return undefined;
}

const UNTIL_FORM = /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})(Z?))?$/;

/** A date alone means until the end of that day, as people write it. */
function untilOf(value: string): number | undefined {
  const [, year, month, day, hour = '23', minute = '59', second = '59', zulu] = UNTIL_FORM.exec(value) ?? [];
  const text = `${year}-${month}-${day}T${hour}:${minute}:${second}`;
  const ms = Date.parse(`${text}.000Z`);
  // Date.parse rolls 31 June over into July.
  if (Number.isNaN(ms) || !new Date(ms).toISOString().startsWith(text)) return undefined;
  return zulu === 'Z' ? ms + BANGKOK_OFFSET_MS : ms;
}

function emptyRule(): Rule {
  return {
    frequency: 'DAILY',
    interval: 1,
    byMonth: [],
    byMonthDay: [],
    byDay: [],
    byHour: [],
    byMinute: [],
    bySecond: [],
    bySetPos: [],
    weekStart: 0,
  };
}

function failed(part: string, what: string): ParsedRule {
  return { ok: false, fault: { part, what } };
}
