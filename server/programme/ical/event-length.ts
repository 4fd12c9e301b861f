import { type IcalComponent, textOf } from './components.ts';

const DAY_MS = 86_400_000;

/** How many days an event of whole days covers; DTEND is the day after the last one (RFC 5545, 3.6.1). */
export function daysOf(event: IcalComponent): number {
  const [start, end] = [textOf(event, 'DTSTART'), textOf(event, 'DTEND')].map((text) =>
    Date.parse(`${text.slice(0, 10)}T00:00:00Z`),
  );
  if (start !== undefined && end !== undefined && end > start) return Math.round((end - start) / DAY_MS);
  const [, count, unit] = /^P(\d{1,4})([DW])$/.exec(textOf(event, 'DURATION')) ?? [];
  return Math.max(1, Number(count ?? 1) * (unit === 'W' ? 7 : 1));
}
