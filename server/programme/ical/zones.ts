import { type IcalComponent, lineOf, textOf } from './components.ts';

/** Minutes east of Greenwich; `moves` = it has summer time. */
export type Offset = number | 'moves';
export type Zones = ReadonlyMap<string, Offset>;

export const THAI_MINUTES = 7 * 60;
/** Names under which programs know Thai time, where a file does not say what it means by them. */
const THAI_NAMES = [
  'Asia/Bangkok',
  'SE Asia Standard Time',
  '(UTC+07:00) Bangkok, Hanoi, Jakarta',
  '(GMT+07.00) Bangkok/Hanoi/Jakarta',
  'Asia/Vientiane',
  'Asia/Phnom_Penh',
  'Etc/GMT-7',
] as const;
/** Of a zone only the present counts: the whole history of Asia/Bangkok stands in some files, back to +06:42 in 1880. */
const PRESENT = '2000';

/** The zones that a calendar defines, and those whose name says enough. A definition stands above a name (RFC 5545, 3.6.5). */
export function zonesOf({ children }: IcalComponent): Zones {
  const defined = children
    // One that says nothing defines nothing, and its name counts.
    .filter(({ name, children: observances }) => name === 'VTIMEZONE' && observances.length > 0)
    .map((zone): [string, Offset] => [textOf(zone, 'TZID'), offsetOf(zone)]);
  return new Map<string, Offset>([
    ...THAI_NAMES.map((name): [string, Offset] => [name, THAI_MINUTES]),
    ['UTC', 0],
    ['Etc/UTC', 0],
    ...defined,
  ]);
}

function offsetOf({ children }: IcalComponent): Offset {
  const observances = children
    .map((each) => ({
      minutes: minutesOf(textOf(each, 'TZOFFSETTO')),
      from: textOf(each, 'DTSTART'),
      goesOn: goesOn(each),
    }))
    .sort((a, b) => (a.from < b.from ? -1 : 1));
  const present = observances.filter(({ from, goesOn: still }) => still || from >= PRESENT);
  const offsets = new Set([...present, ...observances.slice(-1)].map(({ minutes }) => minutes));
  const [only] = offsets;
  return offsets.size === 1 && only !== undefined ? only : 'moves';
}

/** Whether its changes come each year, now too. */
function goesOn(observance: IcalComponent): boolean {
  const rule = lineOf(observance, 'RRULE')?.values[0];
  if (rule === undefined) return false;
  const [, until] = /UNTIL=(\d{4})/i.exec(rule) ?? [];
  return until === undefined || until >= PRESENT;
}

/** `+07:00` -> 420. */
function minutesOf(offset: string): number | undefined {
  const [, sign, hours, minutes] = /^([+-])(\d{2}):(\d{2})/.exec(offset) ?? [];
  if (sign === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
