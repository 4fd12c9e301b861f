import { dayOf } from '../../firmware-protocol/content/civil-day.ts';

/**
 * The Thai lunar calendar of the state (ปฏิทินหลวง): which kind a year is has been decided year by year and follows no agreed formula, so
 * the years are a table. Months of odd number have 29 days, of even number 30. Days are numbers as in civil-day.ts.
 */

/** Years of a second eighth month (อธิกมาส), by the year of the common era in which they end. */
const EXTRA_MONTH: readonly number[] = [
  2015, 2018, 2021, 2023, 2026, 2029, 2031, 2034, 2037, 2040, 2042, 2045, 2048, 2050, 2053, 2056, 2059,
];
/** Years whose seventh month has a 30th day (อธิกวาร). */
const EXTRA_DAY: readonly number[] = [2016, 2020, 2025, 2032, 2035, 2043, 2046, 2052, 2055, 2058];

/**
 * The years that the table covers. Both lists are those that are published for B.E. 2300 to 2700 (as myhora.com prints them);
 * test/unit/server/calendar/lunar.test.ts holds them against the holidays of the cabinet of 2015 to 2026 and printed tables of wan phra.
 * What lies ahead may still be decided otherwise: an imported calendar goes first.
 */
export const LUNAR_YEARS = { first: 2015, last: 2059 } as const;

/** Month 1, first day of the waxing moon, of the year that ends in 2015. */
const FIRST_DAY = dayOf(2014, 11, 22);

export interface LunarDay {
  /** 1 to 12; the second eighth is 88. */
  month: number;
  waxing: boolean;
  /** 1 to 15. */
  age: number;
}

interface LunarMonth {
  month: number;
  days: number;
  opens: number;
}

const MONTHS: readonly LunarMonth[] = monthsOfAllYears();

/** The eighth and the last day of each half (วันพระ), from `from` up to, not including, `to`. */
export function wanPhraBetween(from: number, to: number): { day: number; lunar: LunarDay }[] {
  return MONTHS.flatMap(({ opens, days, month }) =>
    [8, 15, 23, days].map((age) => ({
      day: opens + age - 1,
      lunar: { month, waxing: age <= 15, age: age <= 15 ? age : age - 15 },
    })),
  ).filter(({ day }) => day >= from && day < to);
}

/** `ขึ้น 15 ค่ำ เดือน 8 หลัง`. */
export function lunarWords({ month, waxing, age }: LunarDay): string {
  return `${waxing ? 'ขึ้น' : 'แรม'} ${age} ค่ำ เดือน ${month === 88 ? '8 หลัง' : month}`;
}

/** The full moons that are holidays, and the day after the last: a month later in years of an extra month. */
export function buddhistHolidays(year: number): { day: number; title: string }[] {
  const late = EXTRA_MONTH.includes(year);
  const fullMoon = (month: number) => {
    const found = monthsOf(year).find((each) => each.month === month);
    return found === undefined ? [] : [found.opens + 14];
  };
  const asalha = fullMoon(late ? 88 : 8);
  return [
    ...fullMoon(late ? 4 : 3).map((day) => ({ day, title: 'วันมาฆบูชา' })),
    ...fullMoon(late ? 7 : 6).map((day) => ({ day, title: 'วันวิสาขบูชา' })),
    ...asalha.map((day) => ({ day, title: 'วันอาสาฬหบูชา' })),
    ...asalha.map((day) => ({ day: day + 1, title: 'วันเข้าพรรษา' })),
  ];
}

function monthsOf(year: number): LunarMonth[] {
  const [from, to] = [dayOf(year - 1, 11, 15), dayOf(year, 11, 1)];
  return MONTHS.filter(({ opens }) => opens >= from && opens < to);
}

function monthsOfAllYears(): LunarMonth[] {
  const months: LunarMonth[] = [];
  let opens = FIRST_DAY;
  for (let year = LUNAR_YEARS.first as number; year <= LUNAR_YEARS.last; year++)
    for (const month of EXTRA_MONTH.includes(year)
      ? [1, 2, 3, 4, 5, 6, 7, 8, 88, 9, 10, 11, 12]
      : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) {
      const long = month % 2 === 0 || (month === 7 && EXTRA_DAY.includes(year));
      months.push({ month, days: long ? 30 : 29, opens });
      opens += long ? 30 : 29;
    }
  return months;
}
