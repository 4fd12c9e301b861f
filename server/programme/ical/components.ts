import { ICAL_LIMITS } from '../../../firmware-protocol/mqtt/ical-requests.ts';
import { type IcalFault, icalFault } from './faults.ts';

/** One property of a component. */
export interface IcalLine {
  /** In the file, from 1; of the first line where it is folded. */
  line: number;
  /** In capitals. */
  name: string;
  /** By their name in small letters. */
  params: Readonly<Record<string, string>>;
  /** RFC 5545, 3.3, in small letters: `date`, `date-time`, `text`, `period`, ... */
  type: string;
  /** Without escapes; dates as `2026-11-14T06:30:00`, with `Z` in UTC; a rule as it stands. */
  values: readonly string[];
}

/** An unfolded line -> the property; undefined = it is none. The grammar of 3.1 to 3.3 lives behind it. */
export type ReadIcalLine = (text: string) => Omit<IcalLine, 'line'> | undefined;

export interface IcalComponent {
  /** In capitals: VCALENDAR, VEVENT, VTIMEZONE, ... */
  name: string;
  line: number;
  lines: IcalLine[];
  children: IcalComponent[];
}

export interface ReadComponents {
  calendars: IcalComponent[];
  faults: IcalFault[];
}

/** A calendar, an event, an alarm inside it. */
const DEEPEST = 4;

/** A file of iCalendar -> its calendars. CRLF or LF, with or without a byte order mark. */
export function readComponents(bytes: Uint8Array, readLine: ReadIcalLine): ReadComponents {
  if (bytes.length > ICAL_LIMITS.bytes)
    return failed(1, 'file-too-large', { bytes: bytes.length, limit: ICAL_LIMITS.bytes });
  const unfolded = unfold(Buffer.from(bytes).toString('latin1').replace(BYTE_ORDER_MARK, ''));
  if (unfolded.length > ICAL_LIMITS.lines) return failed(1, 'too-many-lines', { limit: ICAL_LIMITS.lines });
  const lines: Unfolded[] = [];
  for (const { line, text: octets } of unfolded) {
    const text = utf8(octets);
    if (text === undefined) return failed(line, 'not-utf8');
    lines.push({ line, text });
  }
  return treeOf(lines, readLine);
}

/** Each octet as a letter, here and below. */
const BYTE_ORDER_MARK = /^\xef\xbb\xbf/;

const UTF8 = new TextDecoder('utf-8', { fatal: true });

function utf8(octets: string): string | undefined {
  try {
    return UTF8.decode(Buffer.from(octets, 'latin1'));
  } catch {
    return undefined;
  }
}

function failed(
  line: number,
  code: Parameters<typeof icalFault>[1],
  context: Record<string, string | number> = {},
): ReadComponents {
  return { calendars: [], faults: [icalFault({ line }, code, context)] };
}

interface Unfolded {
  line: number;
  text: string;
}

/** A line that begins with a blank goes on from the one before (3.1). Of octets: some programs fold inside a letter. */
function unfold(text: string): Unfolded[] {
  const lines: { line: number; pieces: string[] }[] = [];
  for (const [at, piece] of text.split(/\r\n|\r|\n/).entries()) {
    const last = lines.at(-1);
    if (/^[ \t]/.test(piece) && last !== undefined) last.pieces.push(piece.slice(1));
    else if (piece !== '') lines.push({ line: at + 1, pieces: [piece] });
  }
  return lines.map(({ line, pieces }) => ({ line, text: pieces.join('') }));
}

function treeOf(lines: Unfolded[], readLine: ReadIcalLine): ReadComponents {
  const calendars: IcalComponent[] = [];
  const faults: IcalFault[] = [];
  const open: IcalComponent[] = [];
  for (const { line, text } of lines) {
    const [, edge, name = ''] = /^(BEGIN|END):\s*([\w-]+)\s*$/i.exec(text) ?? [];
    const inner = open.at(-1);
    if (edge?.toUpperCase() === 'BEGIN') {
      const component = { name: name.toUpperCase(), line, lines: [], children: [] };
      if (open.length >= DEEPEST) return { calendars, faults: [icalFault({ line }, 'too-deep')] };
      if (inner !== undefined) inner.children.push(component);
      else if (component.name === 'VCALENDAR') calendars.push(component);
      open.push(component);
    } else if (edge !== undefined) {
      // What follows could not be told from what is inside.
      if (inner?.name !== name.toUpperCase())
        return { calendars, faults: [...faults, icalFault({ line }, 'wrong-end', { name })] };
      open.pop();
    } else if (inner !== undefined) {
      const read = readLine(text);
      if (read === undefined) faults.push(icalFault({ line }, 'bad-line', { text: text.slice(0, 40) }));
      else inner.lines.push({ line, ...read });
    }
  }
  const [unclosed] = open;
  if (unclosed !== undefined)
    faults.push(icalFault({ line: unclosed.line }, 'unclosed', { name: unclosed.name }));
  if (calendars.length === 0) faults.push(icalFault({ line: 1 }, 'no-calendar'));
  return { calendars, faults };
}

/** The first property of a name. */
export function lineOf({ lines }: IcalComponent, name: string): IcalLine | undefined {
  return lines.find((each) => each.name === name);
}

/** Its text, or nothing. */
export function textOf(component: IcalComponent, name: string): string {
  return lineOf(component, name)?.values[0] ?? '';
}
