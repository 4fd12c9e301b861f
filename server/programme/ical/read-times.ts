import { epochMsOfLocal, type LocalTime } from '../../../firmware-protocol/content/instant.ts';
import { parseRule } from '../../../firmware-protocol/content/recurrence-rule.ts';
import { startsOfEntry } from '../../../firmware-protocol/content/resolver.ts';
import { ICAL_LIMITS } from '../../../firmware-protocol/mqtt/ical-requests.ts';
import { ruleFaultThai } from '../../faults/rule-wording.ts';
import { type IcalComponent, type IcalLine, lineOf } from './components.ts';
import { daysOf } from './event-length.ts';
import type { EventTimes } from './event-times.ts';
import type { IcalFault, IcalFaultCode } from './faults.ts';
import { icalFault } from './faults.ts';
import { type ReadStamp, stampOf } from './read-stamp.ts';
import { localAt } from './stamps.ts';
import type { Zones } from './zones.ts';

/** An event of several days is said on each of them: a fair of a month, a campaign of a year. */
const LONGEST_DAYS = 366;

export interface TimesReader {
  zones: Zones;
  /** `08:00`; undefined = an event without a time is a fault. */
  allDayAt: string | undefined;
  uid: string;
  faults: IcalFault[];
}

/** When an event is, in Thai time; undefined = it has faults, which are told. */
export function readTimes(event: IcalComponent, reader: TimesReader): EventTimes | undefined {
  const before = reader.faults.length;
  const tell = (line: IcalLine | undefined, code: IcalFaultCode, context = {}) => {
    const place = { line: line?.line ?? event.line, name: line?.name, uid: reader.uid };
    reader.faults.push(icalFault(place, code, context));
  };
  const begin = lineOf(event, 'DTSTART');
  if (begin === undefined) return void tell(undefined, 'no-start');
  const start = stampOf(begin, begin.values[0] ?? '', reader);
  if (typeof start === 'string') return void tell(begin, start, contextOf(begin));
  const rules = event.lines.filter(({ name }) => name === 'RRULE');
  if (rules.length > 1) tell(rules[1], 'two-rules');
  const exrule = lineOf(event, 'EXRULE');
  if (exrule !== undefined) tell(exrule, 'exrule');
  const except = datesOf('EXDATE', event, start, reader, tell);
  const dates = datesOf('RDATE', event, start, reader, tell);
  const days = start.allDay ? daysOf(event) : 1;
  const again = rules.length > 0 || dates.length > 0;
  if (days > 1 && again) tell(begin, 'many-days-rule');
  if (days > LONGEST_DAYS) tell(begin, 'too-long-event', { days, limit: LONGEST_DAYS });
  const rule = rules[0] === undefined ? eachOf(days) : ruleOf(rules[0], start, tell);
  const early = again && start.local < '2000';
  if (early) tell(begin, 'too-early');
  if (reader.faults.length > before) return undefined;
  const times = { start: start.local, rule, except, dates };
  if (rules[0] !== undefined && !beginsOnRule(times)) return void tell(begin, 'start-off-rule');
  return times;
}

type Tell = (line: IcalLine, code: IcalFaultCode, context?: Record<string, string | number>) => void;

function contextOf({ values, params }: IcalLine): Record<string, string> {
  return { value: (values[0] ?? '').slice(0, 40), zone: params.tzid ?? '' };
}

function eachOf(days: number): string | undefined {
  return days > 1 ? `FREQ=DAILY;COUNT=${days}` : undefined;
}

/** All EXDATE or RDATE of an event. */
function datesOf(
  name: 'EXDATE' | 'RDATE',
  event: IcalComponent,
  start: ReadStamp,
  reader: TimesReader,
  tell: Tell,
): LocalTime[] {
  const lines = event.lines.filter((each) => each.name === name);
  const count = lines.reduce((sum, { values }) => sum + values.length, 0);
  const [first] = lines;
  if (first !== undefined && count > ICAL_LIMITS.datesOfAnEvent) {
    tell(first, 'too-many-dates', { name, count, limit: ICAL_LIMITS.datesOfAnEvent });
    return [];
  }
  return lines.flatMap((line) => {
    if (line.type === 'period') {
      tell(line, 'period');
      return [];
    }
    return line.values.flatMap((value) => {
      const stamp = stampOf(line, value, reader);
      if (typeof stamp === 'string') tell(line, stamp, { ...contextOf(line), value: value.slice(0, 40) });
      else if (stamp.allDay !== start.allDay) tell(line, 'dates-of-another-kind', { name });
      else return [stamp.local];
      return [];
    });
  });
}

const TIMES_OF_DAY = /(?:^|;)(BYHOUR|BYMINUTE|BYSECOND|FREQ=(?:HOURLY|MINUTELY))/;

/** The rule in Thai time, in capitals as the contract has it. */
function ruleOf(line: IcalLine, { allDay, moved }: ReadStamp, tell: Tell): string | undefined {
  const text = (line.values[0] ?? '').toUpperCase().replace(/;$/, '');
  const parsed = parseRule(text);
  if (!parsed.ok) {
    const { part, what } = parsed.fault;
    return void tell(line, 'rule-unsupported', { part, what, what_th: ruleFaultThai(what) ?? what });
  }
  const [, ofDay] = TIMES_OF_DAY.exec(text) ?? [];
  if (allDay && ofDay !== undefined) return void tell(line, 'all-day-rule', { part: ofDay });
  if (moved !== undefined && (moved === 'to-another-day' || ofDay !== undefined || hasLocalUntil(text)))
    return void tell(line, 'foreign-zone-rule');
  const { untilLocalMs } = parsed.rule;
  if (!allDay || untilLocalMs === undefined) return text;
  // The day on which UNTIL lies still counts, whatever the time at which it is said.
  const untilDay = new Date(untilLocalMs).toISOString().slice(0, 10).replaceAll('-', '');
  return text.replace(/UNTIL=[^;]*/, `UNTIL=${untilDay}`);
}

function hasLocalUntil(rule: string): boolean {
  return /UNTIL=[^;]*/.test(rule) && !/UNTIL=[^;]*Z/.test(rule);
}

/** For RFC 5545 DTSTART is the first of the series; where it is not one of the rule, nobody says what follows. */
function beginsOnRule({ start, rule }: EventTimes): boolean {
  const fromMs = epochMsOfLocal(start);
  const [first] = startsOfEntry({ starts: start, rule, except: [] }, fromMs, fromMs + 1_000, 1);
  return first !== undefined && localAt(first) === start;
}
