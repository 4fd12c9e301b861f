import { type IcalComponent, type IcalLine, textOf } from './components.ts';

/** Outlook's word for an event of whole days, beside times at midnight (MS-OXCICAL, 2.1.3.1.1.20.28). */
const FLAG = 'X-MICROSOFT-CDO-ALLDAYEVENT';
const TIMES: ReadonlySet<string> = new Set(['DTSTART', 'DTEND', 'EXDATE', 'RDATE', 'RECURRENCE-ID']);
const MIDNIGHT = /^(\d{4}-\d\d-\d\d)T00:00:00$/;

/** An event that Outlook calls one of whole days, with days instead of midnights: nobody is woken for a holiday. */
export function withWholeDays(event: IcalComponent): IcalComponent {
  const isFlagged = textOf(event, FLAG).trim().toUpperCase() === 'TRUE';
  return isFlagged ? { ...event, lines: event.lines.map(asDays) } : event;
}

function asDays(line: IcalLine): IcalLine {
  const isMidnights = TIMES.has(line.name) && line.values.every((value) => MIDNIGHT.test(value));
  if (!isMidnights) return line;
  return { ...line, type: 'date', values: line.values.map((value) => value.slice(0, 10)) };
}
