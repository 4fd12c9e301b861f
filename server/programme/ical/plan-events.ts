import { outputsOf } from '../../../firmware-protocol/content/announcement.ts';
import type { AreaCode } from '../../../firmware-protocol/content/area.ts';
import { OUTPUTS, type Output } from '../../../firmware-protocol/content/band.ts';
import type { ProgrammeEntry } from '../../../firmware-protocol/content/programme.ts';
import { durationMsOf, startsOfEntry } from '../../../firmware-protocol/content/resolver.ts';
import { ICAL_LIMITS } from '../../../firmware-protocol/mqtt/ical-requests.ts';
import type { PlannedEntry, Slot } from '../../../firmware-protocol/mqtt/programme-requests.ts';
import { type EventTimes, timesOf } from './event-times.ts';
import { localAt } from './stamps.ts';

/** Our own notes in an event, for what iCalendar cannot say. */
export const NOTES = { entry: 'X-PRAKAT-ENTRY', slot: 'X-PRAKAT-SLOT', seal: 'X-PRAKAT-TIMES' } as const;

/** Starts of one entry that are written out one by one: no more than we read back; two and a half a day over a year. */
const DATES_MOST = ICAL_LIMITS.datesOfAnEvent;

/** An event as it is to be written. */
export interface PlanEvent {
  uid: string;
  /** Undefined = it never starts; it is written as cancelled, at `nominal`. */
  times: EventTimes | undefined;
  nominal: string;
  seconds: number;
  summary: string;
  description: string;
  categories: string[];
  note: { name: string; value: object };
}

export interface PlanWindow {
  /** Days of calendars are written out between these (epoch ms). */
  fromMs: number;
  untilMs: number;
}

const BAND_NAMES: Record<ProgrammeEntry['band'], string> = { 80: 'ceremony', 40: 'scheduled', 20: 'filler' };
const OUTPUT_NAMES: Record<Output, string> = { tower: 'หอกระจายข่าว', panel: 'ป้าย' };

/** Days are told by the calendars that the entry names; how far, a reader must know. */
export interface WrittenOut {
  events: PlanEvent[];
  /** Until when every entry that is held to calendars is written out (epoch ms); undefined = there is none. */
  untilMs: number | undefined;
}

/** `expanded`: the same entries in the same order, with what the calendars say inside the window as exceptions. */
export function eventsOf(
  area: AreaCode,
  planned: PlannedEntry[],
  expanded: ProgrammeEntry[],
  slots: Slot[],
  window: PlanWindow,
): WrittenOut {
  let untilMs: number | undefined;
  const events = planned.map((entry, at): PlanEvent => {
    const held = entry.not_on !== undefined || entry.only_on !== undefined;
    const days = held ? datesOf(expanded[at] ?? entry, window) : undefined;
    if (days !== undefined) untilMs = Math.min(untilMs ?? days.untilMs, days.untilMs);
    const times = held ? days?.times : timesOf(entry);
    return {
      uid: `${entry.id}.${area}@prakat`,
      times,
      nominal: entry.starts,
      seconds: secondsOf(entry),
      summary: entry.announcement.title,
      description: wordsOf(entry, days?.untilMs),
      categories: [BAND_NAMES[entry.band], ...outputsOf(entry)],
      note: { name: NOTES.entry, value: entry },
    };
  });
  return { events: [...events, ...slots.map((slot) => eventOfSlot(area, slot))], untilMs };
}

/** Whatever the rule says, each start that is left is a date of its own: no rule of RFC 5545 knows wan phra. */
function datesOf(
  entry: ProgrammeEntry,
  { fromMs, untilMs }: PlanWindow,
): { times: EventTimes | undefined; untilMs: number } {
  const starts = startsOfEntry(entry, fromMs, untilMs, DATES_MOST + 1);
  const told = starts.slice(0, DATES_MOST).map(localAt);
  const [start, ...dates] = told;
  return {
    times: start === undefined ? undefined : { start, except: [], dates },
    untilMs: starts[DATES_MOST] ?? untilMs,
  };
}

function eventOfSlot(area: AreaCode, slot: Slot): PlanEvent {
  return {
    uid: `slot.${slot.id}.${area}@prakat`,
    times: timesOf({ ...slot, except: [] }),
    nominal: slot.starts,
    seconds: slot.minutes * 60,
    summary: `ช่วงเวลาที่จัดไว้ให้พื้นที่ย่อย (${slot.id})`,
    description: `${slot.minutes} นาที`,
    categories: ['slot', slot.level],
    note: { name: NOTES.slot, value: slot },
  };
}

/** The longer of what is heard and what is seen; a calendar shows nothing that takes no time. */
function secondsOf({ announcement, outputs }: PlannedEntry): number {
  const ms = outputs.map((output) => durationMsOf(announcement, output));
  return Math.max(1, Math.ceil(Math.max(...ms) / 1_000));
}

/** What a person reads of it in his calendar. */
function wordsOf({ announcement, outputs, not_on, only_on }: PlannedEntry, untilMs?: number): string {
  const pages = announcement.panel?.pages ?? [];
  const said = pages.map(({ title, text, hotline }) => [title, text, hotline].filter(Boolean).join('\n'));
  const where = OUTPUTS.filter((output) => outputs.includes(output)).map((output) => OUTPUT_NAMES[output]);
  const calendars = [...(only_on ?? []), ...(not_on ?? []).map((name) => `ยกเว้น ${name}`)];
  return [
    ...said,
    `[${where.join(' ')}]`,
    ...(untilMs === undefined
      ? []
      : [`วันตามปฏิทิน ${calendars.join(', ')} คำนวณไว้ถึง ${localAt(untilMs).slice(0, 10)}`]),
  ].join('\n\n');
}
