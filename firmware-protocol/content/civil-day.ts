/** Days of the proleptic Gregorian calendar as whole numbers: day 0 is 1970-01-01, a Thursday. */

export const DAY_MS = 86_400_000;

const ERA_DAYS = 146_097;
/** From 1 March of year 0. */
const DAYS_TO_1970 = 719_468;

export interface CivilDay {
  year: number;
  /** 1 to 12. */
  month: number;
  /** 1 to 31. */
  dayOfMonth: number;
}

export function dayOf(year: number, month: number, dayOfMonth: number): number {
  return Date.UTC(year, month - 1, dayOfMonth) / DAY_MS;
}

/** Whole-number arithmetic over eras of 400 years, whose years begin in March so that the leap day comes last. */
export function civilOf(day: number): CivilDay {
  const sinceEra0 = day + DAYS_TO_1970;
  const era = Math.floor(sinceEra0 / ERA_DAYS);
  const ofEra = sinceEra0 - era * ERA_DAYS;
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  );
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const fromMarch = Math.floor((5 * ofYear + 2) / 153);
  const month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    dayOfMonth: ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1,
  };
}

/** 0 = Monday ... 6 = Sunday. */
export function weekdayOf(day: number): number {
  return modulo(day + 3, 7);
}

const MONTH_DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

export function daysInMonth(year: number, month: number): number {
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && leap ? 29 : (MONTH_DAYS[month - 1] ?? 0);
}

/** The remainder that is never negative. */
export function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
