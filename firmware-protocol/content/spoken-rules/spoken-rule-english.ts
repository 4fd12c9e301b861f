import type { Frequency, WeekdayRule } from '../recurrence-rule.ts';
import {
  clockText,
  namesSeconds,
  namesWeekStart,
  type RuleDays,
  type RulePhrases,
  weekdayRuns,
} from './rule-phrases.ts';

const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];
const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const UNITS: Record<Frequency, string> = {
  YEARLY: 'year',
  MONTHLY: 'month',
  WEEKLY: 'week',
  DAILY: 'day',
  HOURLY: 'hour',
  MINUTELY: 'minute',
};
const DAY = { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' } as const;
const day = new Intl.DateTimeFormat('en-GB', DAY);
const weekdayAndDay = new Intl.DateTimeFormat('en-GB', { ...DAY, weekday: 'long' });

export const ENGLISH_RULE: RulePhrases = {
  days: (told) => `${periodWithDays(told)}${monthsOf(told)}`,
  withinDay(told) {
    const { byHour, byMinute, bySecond } = told;
    const only = daysIn({ ...told, frequency: 'DAILY' });
    return [
      every(told),
      byHour.length > 0 ? `in the hours ${listed(byHour.map(String))}` : '',
      byMinute.length > 0 ? `at minute ${listed(byMinute.map(String))}` : '',
      namesSeconds(bySecond) ? `at second ${listed(bySecond.map(String))}` : '',
      only === '' ? '' : `on ${only}`,
      monthsOf(told).trim(),
    ]
      .filter((part) => part !== '')
      .join(' ');
  },
  times: (times) => `at ${listed(times)}`,
  manyTimes: ({ hours, minutes, seconds }) =>
    `in the hours ${listed(hours.map(String))} at minute ${listed(minutes.map(String))}${
      namesSeconds(seconds) ? ` at second ${listed(seconds.map(String))}` : ''
    }`,
  positions: (positions, { frequency }) =>
    `only the ${listed(positions.map(ordinalWord))} of each ${UNITS[frequency]}`,
  until: (localMs, isEndOfDay) =>
    `until ${day.format(localMs)}${isEndOfDay ? '' : ` at ${clockText(localMs)}`}`,
  count: (count) => (count === 1 ? 'one time' : `${count} times`),
  once: (localMs) => `once, on ${weekdayAndDay.format(localMs)} at ${clockText(localMs)}`,
  unreadable: (rule) => `a rule that cannot be read: ${rule}`,
};

function every({ frequency, interval }: Pick<RuleDays, 'frequency' | 'interval'>): string {
  return interval === 1 ? `every ${UNITS[frequency]}` : `every ${interval} ${UNITS[frequency]}s`;
}

function periodWithDays(told: RuleDays): string {
  const { frequency, interval, byDay, weekStart } = told;
  const days = daysIn(told);
  if (frequency === 'DAILY' || frequency === 'WEEKLY') {
    const allWeek = frequency === 'WEEKLY' && byDay.length === WEEKDAYS.length;
    const weeks = namesWeekStart(told) ? ` (weeks begin on ${WEEKDAYS[weekStart]})` : '';
    if (interval === 1) return `${days === '' || allWeek ? 'every day' : `every ${days}`}${weeks}`;
    const which = days === '' ? '' : frequency === 'DAILY' ? ` if ${days}` : ` on ${days}`;
    return `${every(told)}${which}${weeks}`;
  }
  const allYear = frequency === 'YEARLY' && told.byMonth.length === 0;
  const ofMonths = allYear && told.byMonthDay.length > 0 ? ' of every month' : '';
  return `${every(told)} on ${days}${ofMonths}`;
}

/** `Monday and Wednesday`, `day 1 and the last day`; both where both are asked for. */
function daysIn({ frequency, byDay, byMonthDay, byMonth }: RuleDays): string {
  const period = frequency === 'YEARLY' && byMonth.length === 0 ? 'year' : 'month';
  const dates = byMonthDay.length === 0 ? '' : datesIn(byMonthDay);
  const allOfThem = dates === '' && (frequency === 'MONTHLY' || frequency === 'YEARLY');
  const weekdays = byDay.length === 0 ? '' : weekdaysIn(byDay, period, allOfThem ? 'every ' : '');
  return dates === '' || weekdays === '' ? `${dates}${weekdays}` : `${dates} where it is a ${weekdays}`;
}

function weekdaysIn(days: WeekdayRule[], period: string, each: string): string {
  const plain = days.filter(({ ordinal }) => ordinal === 0).map(({ weekday }) => weekday);
  const counted = days
    .filter(({ ordinal }) => ordinal !== 0)
    .map(({ ordinal, weekday }) => `the ${ordinalWord(ordinal)} ${WEEKDAYS[weekday]} of the ${period}`);
  const names = plain.length === 0 ? [] : [`${each}${runsOf(plain)}`];
  return listed([...names, ...counted]);
}

/** `1st`, `last`, `2nd last`. */
function ordinalWord(n: number): string {
  if (n === -1) return 'last';
  const size = Math.abs(n);
  const tail = size % 100 >= 11 && size % 100 <= 13 ? 'th' : (['th', 'st', 'nd', 'rd'][size % 10] ?? 'th');
  return `${size}${tail}${n < 0 ? ' last' : ''}`;
}

function datesIn(days: number[]): string {
  const fromStart = days.filter((each) => each > 0).map(String);
  const fromEnd = days.filter((each) => each < 0).map((each) => `the ${ordinalWord(each)} day of the month`);
  return listed([...(fromStart.length === 0 ? [] : [`day ${listed(fromStart)}`]), ...fromEnd]);
}

function monthsOf({ byMonth }: Pick<RuleDays, 'byMonth'>): string {
  return byMonth.length === 0 ? '' : ` in ${listed(byMonth.map((each) => MONTHS[each - 1] ?? ''))}`;
}

/** `Monday to Friday` of three and more in a row. */
function runsOf(weekdays: number[]): string {
  return listed(weekdayRuns(weekdays).map((run) => run.map((each) => WEEKDAYS[each] ?? '').join(' to ')));
}

function listed(names: string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
