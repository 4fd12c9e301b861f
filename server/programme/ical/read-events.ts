import { ICAL_LIMITS, type LEFT_OUT } from '../../../firmware-protocol/mqtt/ical-requests.ts';
import { type IcalComponent, lineOf, textOf } from './components.ts';
import { type IcalFault, icalFault } from './faults.ts';
import { NOTES } from './plan-events.ts';
import { withWholeDays } from './whole-days.ts';
import { type Zones, zonesOf } from './zones.ts';

/** One event with those that stand for single times of it (RECURRENCE-ID). */
export interface Series {
  uid: string;
  event: IcalComponent;
  instead: IcalComponent[];
  zones: Zones;
}

export type LeftOut = Record<(typeof LEFT_OUT)[number], number>;

export interface ReadEvents {
  series: Series[];
  events: number;
  leftOut: LeftOut;
  faults: IcalFault[];
}

/** Kinds of component that an export has beside events. */
const NO_CONTENT = ['VTIMEZONE'];
/** Whose words were not meant for a tower. */
const NOT_FOR_ALL = ['PRIVATE', 'CONFIDENTIAL'];

/** Calendars -> series of events by their UID. What is private, cancelled or no event is left out and counted. */
export function readEvents(calendars: IcalComponent[]): ReadEvents {
  const read: ReadEvents = {
    series: [],
    events: 0,
    leftOut: { past: 0, cancelled: 0, private: 0, 'not-an-event': 0 },
    faults: [],
  };
  for (const calendar of calendars) {
    const events = calendar.children.filter(({ name }) => name === 'VEVENT').map(withWholeDays);
    const others = calendar.children.filter(({ name }) => name !== 'VEVENT' && !NO_CONTENT.includes(name));
    read.leftOut['not-an-event'] += others.length;
    read.events += events.length;
    gather(events, zonesOf(calendar), read);
  }
  if (read.events > ICAL_LIMITS.events) {
    const context = { count: read.events, limit: ICAL_LIMITS.events };
    return { ...read, series: [], faults: [icalFault({ line: 1 }, 'too-many-events', context)] };
  }
  return read;
}

function gather(events: IcalComponent[], zones: Zones, read: ReadEvents): void {
  const byUid = new Map<string, IcalComponent[]>();
  for (const event of events) {
    // Some programs leave UID out; what an event says then tells it from the others.
    const uid = textOf(event, 'UID') || `${textOf(event, 'DTSTART')} ${textOf(event, 'SUMMARY')}`;
    byUid.set(uid, [...(byUid.get(uid) ?? []), event]);
  }
  for (const [uid, own] of byUid) {
    const whole = own.filter((event) => lineOf(event, 'RECURRENCE-ID') === undefined);
    const instead = own.filter((event) => !whole.includes(event));
    const [first, second] = whole;
    if (second !== undefined) read.faults.push(icalFault({ line: second.line, uid }, 'same-uid'));
    const heads = first === undefined ? instead : [first];
    for (const event of heads) {
      const reason = reasonToLeaveOut(event);
      if (reason === undefined)
        read.series.push({ uid, event, instead: first === undefined ? [] : instead, zones });
      else read.leftOut[reason] += 1;
    }
  }
}

function reasonToLeaveOut(event: IcalComponent): 'private' | 'cancelled' | undefined {
  if (isPrivate(event)) return 'private';
  return isCancelled(event) && !isOurs(event) ? 'cancelled' : undefined;
}

export function isPrivate(event: IcalComponent): boolean {
  return NOT_FOR_ALL.includes(textOf(event, 'CLASS').toUpperCase());
}

export function isCancelled(event: IcalComponent): boolean {
  return textOf(event, 'STATUS').toUpperCase() === 'CANCELLED';
}

/** Whether prakat wrote it once. */
export function isOurs(event: IcalComponent): boolean {
  return lineOf(event, NOTES.entry) !== undefined || lineOf(event, NOTES.slot) !== undefined;
}
