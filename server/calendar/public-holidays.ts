import { dayOf, weekdayOf } from '../../firmware-protocol/content/civil-day.ts';
import { buddhistHolidays } from './lunar.ts';

/** Holidays of the state that stand on the same day each year: month, day, name. The others are announced, and imported. */
const FIXED: readonly [number, number, string][] = [
  [1, 1, 'วันขึ้นปีใหม่'],
  [4, 6, 'วันจักรี'],
  [4, 13, 'วันสงกรานต์'],
  [4, 14, 'วันสงกรานต์'],
  [4, 15, 'วันสงกรานต์'],
  [5, 4, 'วันฉัตรมงคล'],
  [6, 3, 'วันเฉลิมพระชนมพรรษาสมเด็จพระนางเจ้าฯ พระบรมราชินี'],
  [7, 28, 'วันเฉลิมพระชนมพรรษาพระบาทสมเด็จพระเจ้าอยู่หัว'],
  [8, 12, 'วันแม่แห่งชาติ'],
  [10, 13, 'วันนวมินทรมหาราช'],
  [10, 23, 'วันปิยมหาราช'],
  [12, 5, 'วันพ่อแห่งชาติ'],
  [12, 10, 'วันรัฐธรรมนูญ'],
  [12, 31, 'วันสิ้นปี'],
];

export interface Holiday {
  /** As in civil-day.ts. */
  day: number;
  title: string;
}

/**
 * Holidays of the state from `from` up to, not including, `to`, in order. Where a run of them touches a weekend, the next working
 * day is free as well, one for the run, as the cabinet has given it since 2001.
 */
export function publicHolidays(from: number, to: number): Holiday[] {
  const own = yearsAround(from, to)
    .flatMap((year) => [
      ...FIXED.map(([month, day, title]) => ({ day: dayOf(year, month, day), title })),
      ...buddhistHolidays(year),
    ])
    .sort((a, b) => a.day - b.day);
  const days = new Set(own.map(({ day }) => day));
  const substitutes = own
    .filter(({ day }) => !days.has(day + 1))
    .flatMap(({ day, title }) => {
      const run = runEndingOn(day, days);
      return run.some(isWeekend) ? [{ day: nextWorkingDay(day, days), title: `ชดเชย${title}` }] : [];
    });
  return [...own, ...substitutes].sort((a, b) => a.day - b.day).filter(({ day }) => day >= from && day < to);
}

/** A run over the turn of the year needs its neighbours. */
function yearsAround(from: number, to: number): number[] {
  const [first, last] = [yearOf(from) - 1, yearOf(to) + 1];
  return Array.from({ length: last - first + 1 }, (_, at) => first + at);
}

function yearOf(day: number): number {
  return new Date(day * 86_400_000).getUTCFullYear();
}

function runEndingOn(day: number, days: ReadonlySet<number>): number[] {
  const run = [day];
  for (let before = day - 1; days.has(before); before--) run.push(before);
  return run;
}

function nextWorkingDay(day: number, days: ReadonlySet<number>): number {
  let next = day + 1;
  while (isWeekend(next) || days.has(next)) next++;
  return next;
}

function isWeekend(day: number): boolean {
  return weekdayOf(day) >= 5;
}
