import type { Frequency, WeekdayRule } from '../recurrence-rule.ts';
import { thaiClock } from '../thai-clock.ts';
import {
  clockText,
  namesSeconds,
  namesWeekStart,
  type RuleDays,
  type RulePhrases,
  weekdayRuns,
} from './rule-phrases.ts';

/** A rule in the Thai of an office. Names of days stand once: `วันจันทร์และพุธ`. */

const WEEKDAYS = ['จันทร์', 'อังคาร', 'พุธ', 'พฤหัสบดี', 'ศุกร์', 'เสาร์', 'อาทิตย์'];
const MONTHS = [
  ...['มกราคม', 'กุมภาพันธ์', 'มีนาคม', 'เมษายน', 'พฤษภาคม', 'มิถุนายน'],
  ...['กรกฎาคม', 'สิงหาคม', 'กันยายน', 'ตุลาคม', 'พฤศจิกายน', 'ธันวาคม'],
];
const UNITS: Record<Frequency, string> = {
  YEARLY: 'ปี',
  MONTHLY: 'เดือน',
  WEEKLY: 'สัปดาห์',
  DAILY: 'วัน',
  HOURLY: 'ชั่วโมง',
  MINUTELY: 'นาที',
};
const DAY = { timeZone: 'UTC', day: 'numeric', month: 'short', year: 'numeric' } as const;
const day = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', DAY);
const weekdayAndDay = new Intl.DateTimeFormat('th-TH-u-ca-buddhist', { ...DAY, weekday: 'long' });

export const THAI_RULE: RulePhrases = {
  days: (told) => `${periodWithDays(told)}${monthsOf(told)}`,
  withinDay(told) {
    const { byHour, byMinute, bySecond } = told;
    const only = daysIn({ ...told, frequency: 'DAILY' });
    return [
      every(told),
      byHour.length > 0 ? `ในชั่วโมงที่ ${listed(byHour.map(String))}` : '',
      byMinute.length > 0 ? `นาทีที่ ${listed(byMinute.map(String))}` : '',
      namesSeconds(bySecond) ? `วินาทีที่ ${listed(bySecond.map(String))}` : '',
      only === '' ? '' : `เฉพาะ${only}`,
      monthsOf(told).trim(),
    ]
      .filter((part) => part !== '')
      .join(' ');
  },
  times: (times) => `เวลา ${thaiClock(listed(times))} น.`,
  manyTimes: ({ hours, minutes, seconds }) =>
    `ในชั่วโมงที่ ${listed(hours.map(String))} นาทีที่ ${listed(minutes.map(String))}${
      namesSeconds(seconds) ? ` วินาทีที่ ${listed(seconds.map(String))}` : ''
    }`,
  positions: (positions, { frequency }) =>
    `เฉพาะ${listed(positions.map((n) => (n === -1 ? 'ครั้งสุดท้าย' : n < 0 ? `ครั้งที่ ${-n} นับจากท้าย` : `ครั้งที่ ${n}`)))}ของแต่ละ${UNITS[frequency]}`,
  until: (localMs, isEndOfDay) =>
    `จนถึง ${day.format(localMs)}${isEndOfDay ? '' : ` เวลา ${thaiClock(clockText(localMs))} น.`}`,
  count: (count) => `รวม ${count} ครั้ง`,
  once: (localMs) => `ครั้งเดียว ${weekdayAndDay.format(localMs)} เวลา ${thaiClock(clockText(localMs))} น.`,
  unreadable: (rule) => `กฎที่อ่านไม่ได้: ${rule}`,
};

function every({ frequency, interval }: Pick<RuleDays, 'frequency' | 'interval'>): string {
  return interval === 1 ? `ทุก${UNITS[frequency]}` : `ทุก ${interval} ${UNITS[frequency]}`;
}

function periodWithDays(told: RuleDays): string {
  const { frequency, interval, byDay, weekStart } = told;
  const days = daysIn(told);
  if (frequency === 'DAILY' || frequency === 'WEEKLY') {
    const allWeek = frequency === 'WEEKLY' && byDay.length === WEEKDAYS.length;
    const weeks = namesWeekStart(told) ? ` (สัปดาห์เริ่มวัน${WEEKDAYS[weekStart]})` : '';
    if (interval === 1) return `${days === '' || allWeek ? 'ทุกวัน' : `ทุก${days}`}${weeks}`;
    const which = frequency === 'DAILY' ? (days === '' ? '' : ` เฉพาะ${days}`) : ` ${days}`;
    return `${every(told)}${which}${weeks}`;
  }
  const allYear = frequency === 'YEARLY' && told.byMonth.length === 0;
  const ofMonths = allYear && told.byMonthDay.length > 0 ? 'ของทุกเดือน' : '';
  return `${every(told)} ${days}${ofMonths}`;
}

/** `วันจันทร์และพุธ`, `วันที่ 1 และวันสุดท้ายของเดือน`; both where both are asked for. */
function daysIn({ frequency, byDay, byMonthDay, byMonth }: RuleDays): string {
  const period = frequency === 'YEARLY' && byMonth.length === 0 ? 'ปี' : 'เดือน';
  const dates = byMonthDay.length === 0 ? '' : datesIn(byMonthDay);
  const allOfThem = dates === '' && (frequency === 'MONTHLY' || frequency === 'YEARLY');
  const weekdays = byDay.length === 0 ? '' : weekdaysIn(byDay, period, allOfThem ? 'ทุก' : '');
  return dates === '' || weekdays === '' ? `${dates}${weekdays}` : `${dates} ที่ตรงกับ${weekdays}`;
}

function weekdaysIn(days: WeekdayRule[], period: string, each: string): string {
  const plain = days.filter(({ ordinal }) => ordinal === 0).map(({ weekday }) => weekday);
  const counted = days
    .filter(({ ordinal }) => ordinal !== 0)
    .map(({ ordinal, weekday }) => `วัน${WEEKDAYS[weekday]}${nth(ordinal)}ของ${period}`);
  const names = plain.length === 0 ? [] : [`${each}วัน${runsOf(plain)}`];
  return listed([...names, ...counted]);
}

function nth(ordinal: number): string {
  if (ordinal === -1) return 'สุดท้าย';
  return ordinal < 0 ? `ที่ ${-ordinal} นับจากสิ้น` : `ที่ ${ordinal} `;
}

function datesIn(days: number[]): string {
  const names = days.map((each) =>
    each === -1 ? 'วันสุดท้ายของเดือน' : each < 0 ? `วันที่ ${-each} นับจากสิ้นเดือน` : String(each),
  );
  return `${(days[0] ?? 0) > 0 ? 'วันที่ ' : ''}${listed(names)}`;
}

function monthsOf({ byMonth }: Pick<RuleDays, 'byMonth'>): string {
  return byMonth.length === 0 ? '' : ` ในเดือน${listed(byMonth.map((each) => MONTHS[each - 1] ?? ''))}`;
}

/** `จันทร์ถึงศุกร์` of three and more in a row. */
function runsOf(weekdays: number[]): string {
  return listed(weekdayRuns(weekdays).map((run) => run.map((each) => WEEKDAYS[each] ?? '').join('ถึง')));
}

/** `ก`, `ก และ ข`, `ก, ข และ ค`; names are written together: `จันทร์และพุธ`. */
function listed(names: string[]): string {
  const last = names.at(-1) ?? '';
  if (names.length < 2) return last;
  const before = names.slice(0, -1).join(', ');
  return `${before}${/\d$/.test(before) ? ' ' : ''}และ${/^\d/.test(last) ? ' ' : ''}${last}`;
}
