import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../../firmware-protocol/content/civil-day.ts';
import { dateText } from '../../../../server/calendar/calendar-days.ts';
import {
  buddhistHolidays,
  LUNAR_YEARS,
  lunarWords,
  wanPhraBetween,
} from '../../../../server/calendar/lunar.ts';
import { publicHolidays } from '../../../../server/calendar/public-holidays.ts';

/** Makha, Visakha and Asalha Bucha as the cabinet announced them, year by year. */
const ANNOUNCED: Record<number, [string, string, string]> = {
  2015: ['03-04', '06-01', '07-30'],
  2016: ['02-22', '05-20', '07-19'],
  2017: ['02-11', '05-10', '07-08'],
  2018: ['03-01', '05-29', '07-27'],
  2019: ['02-19', '05-18', '07-16'],
  2020: ['02-08', '05-06', '07-05'],
  2021: ['02-26', '05-26', '07-24'],
  2022: ['02-16', '05-15', '07-13'],
  2023: ['03-06', '06-03', '08-01'],
  2024: ['02-24', '05-22', '07-20'],
  2025: ['02-12', '05-11', '07-10'],
  2026: ['03-03', '05-31', '07-29'],
};
/** Printed tables: life.in.th for January to the beginning of April 2566, Thai Rath for January 2564. */
const PRINTED: [string, string][] = [
  ['2023-01-06', 'ขึ้น 15 ค่ำ เดือน 2'],
  ['2023-01-14', 'แรม 8 ค่ำ เดือน 2'],
  ['2023-01-21', 'แรม 15 ค่ำ เดือน 2'],
  ['2023-01-29', 'ขึ้น 8 ค่ำ เดือน 3'],
  ['2023-02-05', 'ขึ้น 15 ค่ำ เดือน 3'],
  ['2023-02-13', 'แรม 8 ค่ำ เดือน 3'],
  ['2023-02-19', 'แรม 14 ค่ำ เดือน 3'],
  ['2023-02-27', 'ขึ้น 8 ค่ำ เดือน 4'],
  ['2023-03-06', 'ขึ้น 15 ค่ำ เดือน 4'],
  ['2023-03-14', 'แรม 8 ค่ำ เดือน 4'],
  ['2023-03-21', 'แรม 15 ค่ำ เดือน 4'],
  ['2023-03-29', 'ขึ้น 8 ค่ำ เดือน 5'],
  ['2023-04-05', 'ขึ้น 15 ค่ำ เดือน 5'],
  ['2021-01-06', 'แรม 8 ค่ำ เดือน 2'],
  ['2021-01-13', 'แรม 15 ค่ำ เดือน 2'],
  ['2021-01-21', 'ขึ้น 8 ค่ำ เดือน 3'],
  ['2021-01-28', 'ขึ้น 15 ค่ำ เดือน 3'],
];

const day = (date: string) => Date.parse(date) / 86_400_000;

describe('the Thai lunar calendar', () => {
  it.each(Object.entries(ANNOUNCED))(
    '%s: Makha, Visakha, Asalha and Khao Phansa are the announced ones',
    (year, days) => {
      const own = buddhistHolidays(Number(year)).map((each) => dateText(each.day));
      const [, , asalha] = days;
      expect(own).toEqual([...days.map((each) => `${year}-${each}`), dateText(day(`${year}-${asalha}`) + 1)]);
    },
  );

  it('has the wan phra of printed tables, and no others between them', () => {
    const within = (from: string, to: string) =>
      wanPhraBetween(day(from), day(to)).map((each): [string, string] => [
        dateText(each.day),
        lunarWords(each.lunar),
      ]);
    expect([...within('2023-01-01', '2023-04-06'), ...within('2021-01-01', '2021-02-01')]).toEqual(PRINTED);
  });

  it('never has more than eight days between two wan phra, nor fewer than six, in all years of the table', () => {
    const days = wanPhraBetween(dayOf(LUNAR_YEARS.first, 1, 1), dayOf(LUNAR_YEARS.last, 10, 1)).map(
      (each) => each.day,
    );
    const gaps = new Set(days.slice(1).map((each, at) => each - (days[at] ?? 0)));
    expect([...gaps].sort()).toEqual([6, 7, 8]);
    expect(days.length).toBeGreaterThan(2_150);
  });

  it('stays with the moon: full moons of 2026 and 2050 are within a day and a half of the sky', () => {
    // 3 January 2026, 10:03 UTC (NASA); a mean lunation is 29.530588 days.
    const fullMoon = Date.parse('2026-01-03T10:03Z') / 86_400_000;
    for (const year of [2026, 2050])
      for (const each of wanPhraBetween(dayOf(year, 1, 1), dayOf(year + 1, 1, 1)).filter(
        ({ lunar }) => lunar.waxing && lunar.age === 15,
      )) {
        const lunations = (each.day + 0.5 - fullMoon) / 29.530588;
        expect(Math.abs(lunations - Math.round(lunations)) * 29.53, dateText(each.day)).toBeLessThan(1.8);
      }
  });

  it('tells the day of the moon, and nothing outside its table', () => {
    const on = (text: string) => wanPhraBetween(day(text), day(text) + 1).map(({ lunar }) => lunar);
    expect(on('2026-07-29')).toEqual([{ month: 88, waxing: true, age: 15 }]);
    expect(wanPhraBetween(dayOf(2014, 1, 1), day('2014-11-21'))).toEqual([]);
  });
});

describe('public holidays', () => {
  it.each([
    ['2024-04-13', ['2024-04-13', '2024-04-14', '2024-04-15', '2024-04-16']],
    ['2024-07-20', ['2024-07-20', '2024-07-21', '2024-07-22', '2024-07-28', '2024-07-29']],
    ['2025-04-05', ['2025-04-06', '2025-04-07', '2025-04-13', '2025-04-14', '2025-04-15', '2025-04-16']],
    ['2022-12-30', ['2022-12-31', '2023-01-01', '2023-01-02']],
    ['2026-05-30', ['2026-05-31', '2026-06-01', '2026-06-03']],
    ['2026-12-05', ['2026-12-05', '2026-12-07', '2026-12-10']],
  ])(
    'around %s are those of the government, with one day in lieu for a run that touches a weekend',
    (from, dates) => {
      expect(publicHolidays(day(from), day(from) + 14).map((each) => dateText(each.day))).toEqual(dates);
    },
  );
});
