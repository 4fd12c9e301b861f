import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import { type CalendarTable, COMPUTED, dateText, daysOfCalendar } from './calendar-days.ts';

/** Days of a calendar that follow each other under one title; both included, as `2026-11-13`. */
export interface TitledSpan {
  calendar: string;
  from: string;
  until: string;
  title: string;
}

/** All calendars as they hold in an area, from one day up to, not including, another; in order of their first day. */
export async function calendarSpans(
  table: Pick<CalendarTable, 'get' | 'all'>,
  area: AreaCode,
  fromDay: number,
  toDay: number,
): Promise<TitledSpan[]> {
  const imported = (await table.all()).filter((each) => contains(each.area, area)).map(({ name }) => name);
  const spans: TitledSpan[] = [];
  for (const calendar of new Set([...Object.keys(COMPUTED), ...imported])) {
    let last: { day: number; span: TitledSpan } | undefined;
    for (const { day, title } of (await daysOfCalendar(table, area, calendar, fromDay, toDay)) ?? []) {
      const goesOn = last !== undefined && last.day + 1 === day && last.span.title === title;
      const span = goesOn && last ? last.span : { calendar, from: dateText(day), until: '', title };
      span.until = dateText(day);
      if (!goesOn) spans.push(span);
      last = { day, span };
    }
  }
  return spans.sort((a, b) => (a.from < b.from ? -1 : Number(a.from > b.from)));
}
