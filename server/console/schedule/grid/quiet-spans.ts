import { weekdayOf } from '../../../../firmware-protocol/content/civil-day.ts';
import type { Window } from '../../../../firmware-protocol/content/site-laws.ts';
import { dayNumber, plusDays } from '../days.ts';
import { minutesOf } from './blocks.ts';

const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const DAY_MINUTES = 1_440;

/** When towers are silent on a day, minutes since midnight; a window over midnight belongs to the day on which it begins. */
export function quietOn(windows: readonly Window[], day: string): { from: number; until: number }[] {
  return windows.flatMap((window) => {
    const [from, until] = [minutesOf(window.from), minutesOf(window.until)];
    if (from < until) return isOn(window, day) ? [{ from, until }] : [];
    return [
      ...(isOn(window, plusDays(day, -1)) && until > 0 ? [{ from: 0, until }] : []),
      ...(isOn(window, day) ? [{ from, until: DAY_MINUTES }] : []),
    ];
  });
}

function isOn({ days }: Window, day: string): boolean {
  const name = WEEKDAYS[weekdayOf(dayNumber(day))];
  return days === undefined || days.some((each) => each === name);
}
