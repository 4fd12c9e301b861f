import { sealOf, timeLines } from './event-times.ts';
import { NOTES, type PlanEvent } from './plan-events.ts';
import { THAI_ZONE, utcStamp } from './stamps.ts';
import { escaped, icalText } from './write-lines.ts';

export interface IcalHead {
  /** What a calendar program calls it. */
  title: string;
  /** The version, which counts up (SEQUENCE), and when it was made (epoch ms). */
  version: number;
  madeMs: number;
}

/** Thailand has kept +07:00 since 1920, without summer time. */
const ZONE = [
  'BEGIN:VTIMEZONE',
  `TZID:${THAI_ZONE}`,
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0700',
  'TZOFFSETTO:+0700',
  'TZNAME:+07',
  'END:STANDARD',
  'END:VTIMEZONE',
];

/** A plan as iCalendar (RFC 5545). */
export function writeIcal({ title, version, madeMs }: IcalHead, events: PlanEvent[]): string {
  const stamp = utcStamp(madeMs);
  return icalText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//prakat//programme//TH',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    `X-WR-CALNAME:${escaped(title)}`,
    `X-WR-TIMEZONE:${THAI_ZONE}`,
    ...ZONE,
    ...events.flatMap((event) => eventLines(event, version, stamp)),
    'END:VCALENDAR',
  ]);
}

function eventLines(event: PlanEvent, version: number, stamp: string): string[] {
  const { uid, times, nominal, seconds, summary, description, categories, note } = event;
  const written = times ?? { start: nominal, except: [], dates: [] };
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${version}`,
    ...timeLines(written),
    `DURATION:PT${seconds}S`,
    `SUMMARY:${escaped(summary)}`,
    `DESCRIPTION:${escaped(description)}`,
    `CATEGORIES:${categories.map(escaped).join(',')}`,
    // Nobody is busy because a tower speaks.
    'TRANSP:TRANSPARENT',
    // What never starts (30 February, or all of it left out) would stand in other calendars on its first day.
    ...(times === undefined ? ['STATUS:CANCELLED'] : []),
    `${note.name};VALUE=TEXT:${escaped(JSON.stringify(note.value))}`,
    `${NOTES.seal};VALUE=TEXT:${sealOf(written)}`,
    'END:VEVENT',
  ];
}
