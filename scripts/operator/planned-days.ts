import { DAY_MS } from '../../firmware-protocol/content/civil-day.ts';
import { thaiClock } from '../../firmware-protocol/content/thai-clock.ts';
import type { DaysAlike } from '../../firmware-protocol/mqtt/occurrence-requests.ts';
import type { Cli } from '../cli.ts';

/** Days or times named on one line; --json has all of them. */
const NAMED = 6;

/** The day so many days after `day`, both as 2026-11-13. What is no day is left as it is: the server judges it. */
export function dayAfter(day: string, days: number): string {
  const at = Date.parse(day);
  return Number.isNaN(at) ? day : new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}

/** At what times something comes, and on which days: `06:30 18:00  2026-11-13 – 2026-11-19 (7 days)`. */
export function lineOfDays({ days, count, first, last, times }: DaysAlike, from: string, cli: Cli): string {
  const clock =
    times === undefined || times.length > NAMED
      ? cli.text({
          en: `${short(first)} to ${short(last)}, ${count} times a day`,
          th: `${short(first)} ถึง ${short(last)} น. วันละ ${count} ครั้ง`,
        })
      : times.map(short).join(' ');
  return `${cli.lang === 'th' ? thaiClock(clock) : clock}  ${daysIn(days, from, cli)}`;
}

function daysIn(days: number[], from: string, cli: Cli): string {
  const named = days.map((day) => dayAfter(from, day));
  const [begin, end] = [named[0] ?? '', named.at(-1) ?? ''];
  const count = cli.text({ en: `(${days.length} days)`, th: `(${days.length} วัน)` });
  const inOneRun = (days.at(-1) ?? 0) - (days[0] ?? 0) === days.length - 1;
  if (days.length > 2 && inOneRun) return `${begin} – ${end} ${count}`;
  return days.length > NAMED ? `${named.slice(0, NAMED).join(' ')} … ${end} ${count}` : named.join(' ');
}

/** Seconds are rare in a plan, and shown where they are. */
function short(time: string): string {
  return time.endsWith(':00') ? time.slice(0, 5) : time;
}
