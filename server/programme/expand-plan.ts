import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { thaiDayOf } from '../../firmware-protocol/content/site-laws.ts';
import { type CalendarTable, daysOfCalendar } from '../calendar/calendar-days.ts';
import { type Expanded, expanded } from './expansion.ts';
import type { ProgrammeSource } from './plan-records.ts';

/** A plan with its calendars as they are now, for what starts between two instants (epoch ms). */
export async function expandPlan(
  calendars: Pick<CalendarTable, 'get'>,
  area: AreaCode,
  { entries }: ProgrammeSource,
  fromMs: number,
  untilMs: number,
): Promise<Expanded> {
  const names = new Set(entries.flatMap(({ not_on = [], only_on = [] }) => [...not_on, ...only_on]));
  const days = new Map<string, ReadonlySet<number>>();
  for (const name of names) {
    const found = await daysOfCalendar(calendars, area, name, thaiDayOf(fromMs), thaiDayOf(untilMs) + 1);
    if (found !== undefined) days.set(name, new Set(found.map(({ day }) => day)));
  }
  return expanded(entries, days, fromMs, untilMs);
}

/**
 * For renewals, where nobody waits for an answer: what cannot be expanded any more, because a calendar is gone, is left out rather than
 * said on the wrong days.
 */
export function planExpander(calendars: Pick<CalendarTable, 'get'>) {
  return async (
    area: AreaCode,
    source: ProgrammeSource,
    fromMs: number,
    untilMs: number,
  ): Promise<ProgrammeEntry[]> => {
    const { entries, faults } = await expandPlan(calendars, area, source, fromMs, untilMs);
    const broken = new Set(faults.map(({ path }) => Number(/^entries\[(\d+)\]/.exec(path)?.[1])));
    return entries.filter((_, at) => !broken.has(at));
  };
}
