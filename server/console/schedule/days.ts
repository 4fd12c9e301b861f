import {
  civilOf,
  DAY_MS,
  dayOf,
  daysInMonth,
  weekdayOf,
} from '../../../firmware-protocol/content/civil-day.ts';

/** Days as the address has them, `2026-11-30`, and as numbers of civil-day.ts. Weeks begin on Monday, as on the walls of offices here. */

export const dayNumber = (text: string): number => Date.parse(text) / DAY_MS;
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
export const plusDays = (text: string, days: number): string => dayText(dayNumber(text) + days);

/** Today in Thailand, at `now` (epoch ms). */
export const todayAt = (now: number): string => dayText(Math.floor((now + 7 * 3_600_000) / DAY_MS));

/** Minutes since midnight in Thailand, at `now` (epoch ms). */
export const minuteAt = (now: number): number => Math.floor(((now + 7 * 3_600_000) % DAY_MS) / 60_000);

export const isDay = (text: unknown): text is string =>
  typeof text === 'string' && /^2[01]\d\d-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text));

export type View = 'day' | 'week' | 'month' | 'areas';

/** The days that a view shows: the first, and how many. A month shows whole weeks. */
export function daysShown(view: View, day: string): { from: string; count: number } {
  const number = dayNumber(day);
  if (view === 'day' || view === 'areas') return { from: day, count: 1 };
  if (view === 'week') return { from: dayText(number - weekdayOf(number)), count: 7 };
  const { year, month } = civilOf(number);
  const first = dayOf(year, month, 1);
  const from = first - weekdayOf(first);
  const last = first + daysInMonth(year, month) - 1;
  return { from: dayText(from), count: Math.ceil((last - from + 1) / 7) * 7 };
}

/** One day, week or month further, or back. */
export function turned(view: View, day: string, by: 1 | -1): string {
  if (view === 'week') return plusDays(day, 7 * by);
  if (view !== 'month') return plusDays(day, by);
  const { year, month, dayOfMonth } = civilOf(dayNumber(day));
  const first = civilOf(dayOf(year, month + by, 1));
  return dayText(dayOf(first.year, first.month, Math.min(dayOfMonth, daysInMonth(first.year, first.month))));
}

export const isWeekend = (day: string): boolean => weekdayOf(dayNumber(day)) >= 5;
export const monthOf = (day: string): number => civilOf(dayNumber(day)).month;
