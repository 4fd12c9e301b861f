import { PlannedEntry, Slot } from '../../../firmware-protocol/mqtt/programme-requests.ts';
import { type IcalComponent, lineOf, textOf } from './components.ts';
import { type EventTimes, sealOf, timesOf } from './event-times.ts';
import { type IcalFault, type IcalFaultCode, icalFault } from './faults.ts';
import { NOTES } from './plan-events.ts';
import { isCancelled } from './read-events.ts';

/** What our own notes in an event say. */
export type Ours =
  | { kind: 'entry'; entry: PlannedEntry; moved: boolean }
  | { kind: 'slot'; slot: Slot }
  | { kind: 'cancelled' };

/**
 * An event that prakat wrote, come back. Nobody touched its times: it is the entry as it was, to the letter. Somebody moved it in his calendar: his
 * times hold, and all else is as it was; the title is what the calendar shows.
 */
export function oursIn(
  event: IcalComponent,
  times: EventTimes,
  uid: string,
  faults: IcalFault[],
): Ours | undefined {
  const name = lineOf(event, NOTES.slot) === undefined ? NOTES.entry : NOTES.slot;
  const tell = (code: IcalFaultCode) => {
    const line = lineOf(event, name)?.line ?? event.line;
    faults.push(icalFault({ line, name, uid }, code, { name }));
    return undefined;
  };
  const moved = textOf(event, NOTES.seal) !== sealOf(times);
  const note = noteIn(event, name);
  if (name === NOTES.slot) {
    const { data: slot } = Slot.safeParse(note);
    if (slot === undefined) return tell('note-broken');
    if (isCancelled(event) && timesOf({ ...slot, except: [] }) !== undefined) return { kind: 'cancelled' };
    if (!moved) return { kind: 'slot', slot };
    if (times.except.length + times.dates.length > 0) return tell('slot-exceptions');
    const { rule: _was, ...rest } = slot;
    return { kind: 'slot', slot: { ...rest, starts: times.start, ...ruled(times) } };
  }
  const { data: entry } = PlannedEntry.safeParse(note);
  if (entry === undefined) return tell('note-broken');
  const held = entry.not_on !== undefined || entry.only_on !== undefined;
  // What never starts was written as cancelled; anything else was cancelled by somebody.
  if (isCancelled(event) && !held && timesOf(entry) !== undefined) return { kind: 'cancelled' };
  if (moved && held) return tell('calendar-days-changed');
  const said = { ...entry.announcement, title: textOf(event, 'SUMMARY') || entry.announcement.title };
  if (!moved) return { kind: 'entry', entry: { ...entry, announcement: said }, moved };
  const { rule: _was, ...rest } = entry;
  const at = { starts: times.start, except: times.except, ...ruled(times) };
  return { kind: 'entry', entry: { ...rest, ...at, announcement: said }, moved };
}

function ruled({ rule }: EventTimes): { rule?: string } {
  return rule === undefined ? {} : { rule };
}

function noteIn(event: IcalComponent, name: string): unknown {
  try {
    return JSON.parse(textOf(event, name));
  } catch {
    return undefined;
  }
}
