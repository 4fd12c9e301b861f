import { DAY_MS, modulo } from './civil-day.ts';
import type { Rule } from './recurrence-rule.ts';

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

/** Ms after midnight of each start on a day that the rule takes. The rule's open parts are filled in. */
export function timesOfDay(rule: Rule, firstMs: number): (day: number) => number[] {
  const hours = inMs(allOr(rule.byHour, 24), HOUR_MS);
  const minutes = inMs(allOr(rule.byMinute, 60), MINUTE_MS);
  const seconds = inMs(rule.bySecond, SECOND_MS);
  const inHour = crossed(minutes, seconds);
  switch (rule.frequency) {
    case 'MINUTELY':
      return eachUnit(crossed(hours, minutes), MINUTE_MS, chosen(seconds, rule.bySetPos), rule, firstMs);
    case 'HOURLY':
      return eachUnit(hours, HOUR_MS, chosen(inHour, rule.bySetPos), rule, firstMs);
    case 'DAILY':
      return always(chosen(crossed(hours, inHour), rule.bySetPos));
    default:
      return always(crossed(hours, inHour));
  }
}

/** Hours or minutes, each INTERVALth counted from the first start, and what comes within each of them. */
function eachUnit(units: number[], unitMs: number, inside: number[], rule: Rule, firstMs: number) {
  const first = Math.floor(firstMs / unitMs);
  return (day: number) =>
    crossed(
      units.filter((ms) => modulo((day * DAY_MS + ms) / unitMs - first, rule.interval) === 0),
      inside,
    );
}

function always(times: number[]): () => number[] {
  return () => times;
}

/** BYSETPOS: the first, second, ... or from the end, of a set in order. */
export function chosen(set: number[], positions: number[]): number[] {
  if (positions.length === 0) return set;
  return set.filter((_, at) => positions.includes(at + 1) || positions.includes(at - set.length));
}

function allOr(given: number[], count: number): number[] {
  return given.length > 0 ? given : Array.from({ length: count }, (_, index) => index);
}

function inMs(numbers: number[], unitMs: number): number[] {
  return numbers.map((n) => n * unitMs).sort((a, b) => a - b);
}

/** Every outer plus every inner, in order where both are. */
function crossed(outer: number[], inner: number[]): number[] {
  const sums: number[] = [];
  for (const high of outer) for (const low of inner) sums.push(high + low);
  return sums;
}
