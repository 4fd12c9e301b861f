import { civilOf, DAY_MS, modulo, weekdayOf } from '../civil-day.ts';
import type { LocalTime } from '../instant.ts';
import { parseRule, type Rule, type WeekdayRule } from '../recurrence-rule.ts';
import { clockText, type RulePhrases } from './rule-phrases.ts';
import { ENGLISH_RULE } from './spoken-rule-english.ts';
import { THAI_RULE } from './spoken-rule-thai.ts';

/** Named one by one up to so many times a day. */
const TIMES_NAMED = 6;
const PHRASES = { th: THAI_RULE, en: ENGLISH_RULE } as const satisfies Record<string, RulePhrases>;

/**
 * When an entry comes, as a person says it: `ทุกวันจันทร์และพุธ เวลา 06.30 น. จนถึง 30 เม.ย. 2570`. Rules that are said alike come alike from the
 * same first start. Without a rule: once. Never throws.
 */
export function ruleWords(
  rule: string | undefined,
  starts: LocalTime,
  language: keyof typeof PHRASES,
): string {
  const phrases = PHRASES[language];
  const firstMs = Date.parse(`${starts}Z`);
  if (rule === undefined) return phrases.once(firstMs);
  const parsed = parseRule(rule);
  if (!parsed.ok) return phrases.unreadable(rule);
  const full = filledIn(parsed.rule, firstMs);
  const within = full.frequency === 'HOURLY' || full.frequency === 'MINUTELY';
  return [
    within ? phrases.withinDay(full) : phrases.days(full),
    within ? undefined : timesOf(full, firstMs, phrases),
    full.bySetPos.length > 0 ? phrases.positions(inOrder(full.bySetPos), full) : undefined,
    full.untilLocalMs === undefined
      ? undefined
      : phrases.until(full.untilLocalMs, modulo(full.untilLocalMs, DAY_MS) >= DAY_MS - 1_000),
    full.count === undefined ? undefined : phrases.count(full.count),
  ]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
}

function timesOf(rule: Rule, firstMs: number, phrases: RulePhrases): string {
  const second = Math.floor(modulo(firstMs, DAY_MS) / 1_000);
  const hours = or(rule.byHour, Math.floor(second / 3_600));
  const minutes = or(rule.byMinute, Math.floor(second / 60) % 60);
  const seconds = rule.bySecond;
  if (hours.length * minutes.length * seconds.length > TIMES_NAMED)
    return phrases.manyTimes({ hours, minutes, seconds });
  const inMs = (hour: number, minute: number, each: number) => ((hour * 60 + minute) * 60 + each) * 1_000;
  const times = hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((each) => clockText(inMs(hour, minute, each)))),
  );
  return phrases.times(times);
}

function filledIn(rule: Rule, firstMs: number): Rule {
  const day = Math.floor(firstMs / DAY_MS);
  const second = Math.floor(modulo(firstMs, DAY_MS) / 1_000);
  const { month, dayOfMonth } = civilOf(day);
  const { frequency } = rule;
  const noDay = rule.byDay.length === 0 && rule.byMonthDay.length === 0;
  const yearly = frequency === 'YEARLY';
  const weekday = { ordinal: 0, weekday: weekdayOf(day) };
  return {
    ...rule,
    byMonth: inOrder(yearly && noDay ? or(rule.byMonth, month) : rule.byMonth),
    byMonthDay: inOrder(noDay && (yearly || frequency === 'MONTHLY') ? [dayOfMonth] : rule.byMonthDay),
    byDay: eachOnce(noDay && frequency === 'WEEKLY' ? [weekday] : rule.byDay),
    byHour: inOrder(rule.byHour),
    byMinute: inOrder(
      frequency === 'HOURLY' ? or(rule.byMinute, Math.floor(second / 60) % 60) : rule.byMinute,
    ),
    bySecond: inOrder(or(rule.bySecond, second % 60)),
  };
}

function eachOnce(days: WeekdayRule[]): WeekdayRule[] {
  const byName = new Map(days.map((each) => [`${each.ordinal} ${each.weekday}`, each]));
  return [...byName.values()].sort(
    (a, b) => a.weekday - b.weekday || fromStart(a.ordinal) - fromStart(b.ordinal),
  );
}

/** Days from the end come after those from the beginning. */
function fromStart(position: number): number {
  return position < 0 ? 1_000 + position : position;
}

function inOrder(numbers: number[]): number[] {
  return [...numbers].sort((a, b) => fromStart(a) - fromStart(b));
}

function or(given: number[], otherwise: number): number[] {
  return given.length > 0 ? given : [otherwise];
}
