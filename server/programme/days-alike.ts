import { DAY_MS } from '../../firmware-protocol/content/civil-day.ts';
import { BANGKOK_OFFSET_MS } from '../../firmware-protocol/content/instant.ts';
import { type DaysAlike, OCCURRENCE_LIMITS } from '../../firmware-protocol/mqtt/occurrence-requests.ts';

/**
 * Starts (epoch ms, in order) -> the days on which they come at the same times, as numbers from `firstDay` (civil-day.ts) = 0. Of more than a
 * few a day only the number, the first and the last are told: a rule that comes each minute is one line.
 */
export function daysAlike(startsMs: readonly number[], firstDay: number): DaysAlike[] {
  const alike = new Map<string, DaysAlike>();
  for (const [day, secondsOfDay] of byDay(startsMs)) {
    const told = toldOf(secondsOfDay);
    const key = JSON.stringify(told);
    const known = alike.get(key);
    if (known === undefined) alike.set(key, { days: [day - firstDay], ...told });
    else known.days.push(day - firstDay);
  }
  return [...alike.values()];
}

function byDay(startsMs: readonly number[]): Map<number, number[]> {
  const days = new Map<number, number[]>();
  for (const startMs of startsMs) {
    const localMs = startMs + BANGKOK_OFFSET_MS;
    const day = Math.floor(localMs / DAY_MS);
    const seconds = (localMs - day * DAY_MS) / 1_000;
    const known = days.get(day);
    if (known === undefined) days.set(day, [seconds]);
    else known.push(seconds);
  }
  return days;
}

function toldOf(secondsOfDay: number[]): Omit<DaysAlike, 'days'> {
  const [first = 0, last = first] = [secondsOfDay[0], secondsOfDay.at(-1)];
  return {
    count: secondsOfDay.length,
    first: timeOf(first),
    last: timeOf(last),
    ...(secondsOfDay.length <= OCCURRENCE_LIMITS.timesOfADay && { times: secondsOfDay.map(timeOf) }),
  };
}

/** `06:30:00`. */
function timeOf(secondOfDay: number): string {
  return new Date(secondOfDay * 1_000).toISOString().slice(11, 19);
}
