import type { LocalTime } from '../../../firmware-protocol/content/instant.ts';
import type { IcalLine } from './components.ts';
import type { IcalFaultCode } from './faults.ts';
import { THAI_MINUTES, type Zones } from './zones.ts';

/** A time of a file, in Thai wall-clock time. */
export interface ReadStamp {
  local: LocalTime;
  /** Whether it is a day without a time. */
  allDay: boolean;
  /** Whether its own zone has another time, or another day, than Thailand; undefined = it has the same. */
  moved: 'to-another-time' | 'to-another-day' | undefined;
}

/** One value of DTSTART, EXDATE, RDATE or RECURRENCE-ID, or what is wrong with it. A time without a zone is a Thai one. */
export function stampOf(
  { params, type }: IcalLine,
  value: string,
  { zones, allDayAt }: { zones: Zones; allDayAt: string | undefined },
): ReadStamp | IcalFaultCode {
  if (type === 'date') {
    if (!isThere(`${value}T00:00:00`)) return 'bad-time';
    if (allDayAt === undefined) return 'all-day-time';
    return { local: `${value}T${allDayAt}:00`, allDay: true, moved: undefined };
  }
  const own = value.replace(/Z$/, '');
  if (!isThere(own)) return 'bad-time';
  const minutes = value.endsWith('Z') ? 0 : params.tzid === undefined ? THAI_MINUTES : zones.get(params.tzid);
  if (minutes === undefined) return 'unknown-zone';
  if (minutes === 'moves') return 'zone-moves';
  const ms = Date.parse(`${own}Z`) + (THAI_MINUTES - minutes) * 60_000;
  const local = new Date(ms).toISOString().slice(0, 19);
  if (minutes === THAI_MINUTES) return { local, allDay: false, moved: undefined };
  const sameDay = local.slice(0, 10) === own.slice(0, 10);
  return { local, allDay: false, moved: sameDay ? 'to-another-time' : 'to-another-day' };
}

/** Date.parse takes 30 February for 2 March; only what reads back the same is on the calendar. */
function isThere(local: string): boolean {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(local)) return false;
  const ms = Date.parse(`${local}Z`);
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(local);
}
