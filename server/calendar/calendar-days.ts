import { type AreaCode, lineageOf } from '../../firmware-protocol/content/area.ts';
import { DAY_MS } from '../../firmware-protocol/content/civil-day.ts';
import { lunarWords, wanPhraBetween } from './lunar.ts';
import { publicHolidays } from './public-holidays.ts';

/** A day of a calendar; days are numbers as in civil-day.ts. */
export interface CalendarDay {
  day: number;
  title: string;
}

/** As it was imported: from a day to a day, both included. */
export interface CalendarSpan {
  from: number;
  to: number;
  title: string;
}

export interface CalendarRecord {
  area: AreaCode;
  name: string;
  spans: CalendarSpan[];
  by: string;
  changedAt: number;
}

export interface CalendarTable {
  get(area: AreaCode, name: string): Promise<CalendarRecord | undefined>;
  all(): Promise<CalendarRecord[]>;
  put(record: CalendarRecord): Promise<void>;
  drop(area: AreaCode, name: string): Promise<void>;
}

/** Calendars that are there without an import. */
export const COMPUTED = {
  'public-holiday': {
    computed: (from: number, to: number): CalendarDay[] => publicHolidays(from, to),
    imports: 'add',
  },
  'wan-phra': {
    computed: (from: number, to: number): CalendarDay[] =>
      wanPhraBetween(from, to).map(({ day, lunar }) => ({ day, title: lunarWords(lunar) })),
    imports: 'replace-years',
  },
} as const;
export type ComputedName = keyof typeof COMPUTED;

function isComputed(name: string): name is ComputedName {
  return Object.hasOwn(COMPUTED, name);
}

/**
 * The days of a calendar as they hold in `area`, from `from` up to, not including, `to`: what is computed, and what was imported for
 * the area or the nearest one above it. Undefined = there is no such calendar. What the state announces beyond the fixed holidays is added
 * to them; a printed table of wan phra stands for the years that it has.
 */
export async function daysOfCalendar(
  table: Pick<CalendarTable, 'get'>,
  area: AreaCode,
  name: string,
  from: number,
  to: number,
): Promise<CalendarDay[] | undefined> {
  const record = await nearest(table, area, name);
  const imported = record?.spans.flatMap((span) => daysIn(span, from, to));
  if (!isComputed(name)) return imported?.sort(byDay);
  const { computed, imports } = COMPUTED[name];
  const years = new Set(imports === 'add' ? [] : record?.spans.map((span) => yearOf(span.from)));
  const kept = computed(from, to).filter(({ day }) => !years.has(yearOf(day)));
  const days = new Map([...kept, ...(imported ?? [])].map((each) => [each.day, each]));
  return [...days.values()].sort(byDay);
}

async function nearest(
  table: Pick<CalendarTable, 'get'>,
  area: AreaCode,
  name: string,
): Promise<CalendarRecord | undefined> {
  for (const each of lineageOf(area)) {
    const record = await table.get(each, name);
    if (record !== undefined) return record;
  }
  return undefined;
}

function daysIn({ from: first, to: last, title }: CalendarSpan, from: number, to: number): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let day = Math.max(first, from); day <= last && day < to; day++) days.push({ day, title });
  return days;
}

function byDay(a: CalendarDay, b: CalendarDay): number {
  return a.day - b.day;
}

function yearOf(day: number): number {
  return new Date(day * DAY_MS).getUTCFullYear();
}

/** `2026-11-13`. */
export function dateText(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}
