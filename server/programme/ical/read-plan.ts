import { sha256Of } from '../../../firmware-protocol/content/audit.ts';
import { epochMsOfLocal, type LocalTime } from '../../../firmware-protocol/content/instant.ts';
import { startsOfEntry } from '../../../firmware-protocol/content/resolver.ts';
import { PlannedEntry, type Slot } from '../../../firmware-protocol/mqtt/programme-requests.ts';
import { faultsOf } from '../../faults/zod-faults.ts';
import { type IcalComponent, lineOf } from './components.ts';
import type { EventTimes } from './event-times.ts';
import { type IcalFault, icalFault, placeText } from './faults.ts';
import { type Mappings, mappingFor, type Said, saidBy } from './mapped-event.ts';
import { oursIn } from './our-event.ts';
import { isCancelled, isOurs, isPrivate, type LeftOut, readEvents, type Series } from './read-events.ts';
import { stampOf } from './read-stamp.ts';
import { readTimes, type TimesReader } from './read-times.ts';

/** Where an entry came from, for faults that are found later. */
export interface ReadEntry {
  entry: PlannedEntry;
  place: string;
}

export interface ReadPlan {
  entries: ReadEntry[];
  slots: Slot[];
  events: number;
  ours: number;
  mapped: number;
  leftOut: LeftOut;
  faults: IcalFault[];
}

/** A series that has no start within so many years from now is over. */
const LOOK_AHEAD_MS = 30 * 366 * 86_400_000;

/** Calendars -> entries. Never changes silently what it cannot say: that is a fault, with its line and UID. `nowMs`: what is over is left out. */
export function readPlan(calendars: IcalComponent[], mappings: Mappings, nowMs: number): ReadPlan {
  const { series, events, leftOut, faults } = readEvents(calendars);
  const plan: ReadPlan = { entries: [], slots: [], events, ours: 0, mapped: 0, leftOut, faults: [...faults] };
  for (const each of series) {
    if (isOurs(each.event)) takeOurs(each, plan);
    else takeMapped(each, mappings, nowMs, plan);
  }
  return plan;
}

function takeOurs(series: Series, plan: ReadPlan): void {
  const { uid, event } = series;
  const reader = { zones: series.zones, allDayAt: undefined, uid, faults: plan.faults };
  const times = timesOfSeries(series, reader);
  if (times === undefined) return;
  const ours = oursIn(event, times, uid, plan.faults);
  if (ours === undefined) return;
  if (ours.kind === 'cancelled') plan.leftOut.cancelled += 1;
  else if (ours.kind === 'slot') plan.slots.push(ours.slot);
  else {
    const { id, starts: _starts, rule: _rule, except: _except, ...said } = ours.entry;
    const place = placeText({ line: event.line, uid });
    if (ours.moved) addAll(plan, said, times, id, place);
    else plan.entries.push({ entry: ours.entry, place });
    plan.ours += 1 + addInstead(series, reader, () => said, plan);
  }
}

function takeMapped(series: Series, mappings: Mappings, nowMs: number, plan: ReadPlan): void {
  const { uid, event } = series;
  const mapping = mappingFor(event, mappings);
  if (mapping === undefined) {
    plan.faults.push(icalFault({ line: event.line, uid }, 'no-mapping'));
    return;
  }
  const reader = { zones: series.zones, allDayAt: mapping.all_day_at, uid, faults: plan.faults };
  const times = timesOfSeries(series, reader);
  if (times === undefined) return;
  const say = (one: IcalComponent): Said | undefined => {
    const said = saidBy(one, mapping);
    if (!('code' in said)) return said;
    plan.faults.push(icalFault({ line: said.line, uid }, said.code));
    return undefined;
  };
  const ahead = stillAhead(times, nowMs);
  const said = ahead === undefined && series.instead.length === 0 ? undefined : say(event);
  if (ahead === undefined) plan.leftOut.past += 1;
  else if (said !== undefined) {
    addAll(plan, said, ahead, idOf(uid), placeText({ line: event.line, uid }));
    plan.mapped += 1;
  }
  plan.mapped += addInstead(series, reader, say, plan, nowMs);
}

/** The times of a series; those for which another event stands are left out. */
function timesOfSeries({ event, instead }: Series, reader: TimesReader): EventTimes | undefined {
  const times = readTimes(event, reader);
  const replaced = instead.flatMap((one) => replacedBy(one, reader) ?? []);
  return times && { ...times, except: [...new Set([...times.except, ...replaced])] };
}

/** The start in whose place an event stands (RECURRENCE-ID). */
function replacedBy(one: IcalComponent, reader: TimesReader): LocalTime | undefined {
  const line = lineOf(one, 'RECURRENCE-ID');
  if (line === undefined) return undefined;
  const place = { line: line.line, name: line.name, uid: reader.uid };
  const value = line.values[0] ?? '';
  const stamp = stampOf(line, value, reader);
  if (line.params.range !== undefined) reader.faults.push(icalFault(place, 'this-and-future'));
  else if (typeof stamp !== 'string') return stamp.local;
  else reader.faults.push(icalFault(place, stamp, { value, zone: line.params.tzid ?? '' }));
  return undefined;
}

/** Each event that stands for one time becomes an entry of its own; a cancelled or private one only leaves the time out. Returns how many. */
function addInstead(
  { uid, instead }: Series,
  reader: TimesReader,
  say: (one: IcalComponent) => Said | undefined,
  plan: ReadPlan,
  nowMs = Number.NEGATIVE_INFINITY,
): number {
  let added = 0;
  for (const one of instead.filter((each) => !isCancelled(each))) {
    if (isPrivate(one)) {
      plan.leftOut.private += 1;
      continue;
    }
    const times = readTimes(one, reader);
    const replaced = lineOf(one, 'RECURRENCE-ID')?.values[0] ?? '';
    const ahead = times && stillAhead(times, nowMs);
    const said = ahead && say(one);
    if (ahead === undefined || said === undefined) continue;
    addAll(plan, said, ahead, idOf(uid, replaced), placeText({ line: one.line, uid }));
    added += 1;
  }
  return added;
}

/** Without what is over; undefined = nothing is left. */
function stillAhead({ start, rule, except, dates }: EventTimes, nowMs: number): EventTimes | undefined {
  const isAhead = (local: LocalTime) => epochMsOfLocal(local) >= nowMs;
  const rest = { rule, except: except.filter(isAhead), dates: dates.filter(isAhead) };
  const fromMs = Math.max(nowMs, 0);
  const [next] = startsOfEntry({ ...rest, starts: start }, fromMs, fromMs + LOOK_AHEAD_MS, 1);
  const goesOn = rule === undefined ? isAhead(start) : next !== undefined;
  if (goesOn) return { start, ...rest };
  const [first, ...more] = rest.dates;
  return first === undefined ? undefined : { start: first, except: rest.except, dates: more };
}

/** An entry has one rule; each further date is an entry of its own. */
function addAll(plan: ReadPlan, said: Said, times: EventTimes, id: string, place: string): void {
  const { start, rule, except, dates } = times;
  add(plan, { ...said, id, starts: start, ...(rule !== undefined && { rule }), except }, place);
  for (const date of new Set(dates))
    if (date !== start && !except.includes(date))
      add(plan, { ...said, id: idOf(id, date), starts: date, except: [] }, place);
}

function add(plan: ReadPlan, document: PlannedEntry, place: string): void {
  const read = PlannedEntry.safeParse(document);
  if (read.success) plan.entries.push({ entry: read.data, place });
  else
    for (const { path, ...fault } of faultsOf(read.error, document))
      plan.faults.push({ ...fault, path: `${place}, ${path}` });
}

/** The same event has the same id whenever it comes again. */
function idOf(...names: string[]): string {
  return `ics-${sha256Of(names).slice(0, 20)}`;
}
