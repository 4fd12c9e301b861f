import { civilOf, dayOf, daysInMonth, weekdayOf } from './civil-day.ts';
import type { Rule, WeekdayRule } from './recurrence-rule.ts';

/** Whether the rule, its open parts filled in, may come on this day. INTERVAL, COUNT and BYSETPOS are not asked here. */
export function isDayOf(rule: Rule, day: number): boolean {
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
