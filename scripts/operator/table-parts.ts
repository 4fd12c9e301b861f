import { type CsvRow, type CsvText, decodeCsv, OPEN_QUOTE } from '../../server/areas/csv-text.ts';
import { arabic, columnOf } from '../../server/areas/place-columns.ts';
import { Failed } from '../cli.ts';

/** A piece of a table of villages that is a table of its own. */
export interface TablePart {
  csv: string;
  /** The province of all of its villages, two digits; anything else where the code is none. */
  province: string;
  /** Line of the file for each line of the part, from the heading on. */
  lines: number[];
}

/** `encoding` and `delimiter` as the file has them; the parts are UTF-8 with commas. */
export interface CutTable extends Pick<CsvText, 'encoding' | 'delimiter'> {
  parts: TablePart[];
}

/**
 * A table that is too large for one request -> tables of at most so many bytes, each with the heading and of one province: the server then
 * looks at no other. Lines of one village stay together, for a table says all of the villages that it has. Throws Failed where the lines cannot be told apart.
 */
export function tableParts(bytes: Uint8Array, mostBytes: number): CutTable {
  const { rows, openQuote, encoding, delimiter } = decodeCsv(bytes);
  if (openQuote !== undefined) throw openAt(openQuote);
  const [heading, ...body] = rows;
  const parts: TablePart[] = [];
  if (heading === undefined) return { parts, encoding, delimiter };
  const first = written(heading);
  let room = 0;
  for (const { code, rows: own } of byVillage(heading, body)) {
    const [text, province] = [own.map(written).join(''), code.slice(0, 2)];
    const size = Buffer.byteLength(text);
    let part = parts.at(-1);
    if (part?.province !== province || size > room) {
      part = { csv: first, province, lines: [heading.line] };
      parts.push(part);
      room = mostBytes - Buffer.byteLength(first);
    }
    room -= size;
    part.csv += text;
    part.lines.push(...own.map(({ line }) => line));
  }
  return { parts, encoding, delimiter };
}

function openAt(line: number): Failed {
  return new Failed(
    { en: 'the table has a fault; nothing of it was imported', th: 'ตารางมีที่ผิด ยังไม่ได้นำเข้าข้อมูลใด ๆ' },
    { code: 'places-invalid', faults: [{ path: `line ${line}`, ...OPEN_QUOTE }] },
  );
}

/** In the order of their codes, so that a province stands together. */
function byVillage(heading: CsvRow, body: CsvRow[]): { code: string; rows: CsvRow[] }[] {
  const column = heading.cells.map(columnOf).indexOf('code');
  const villages = new Map<string, CsvRow[]>();
  for (const row of body) {
    const code = arabic(row.cells[column] ?? '').replace(/[\s-]/g, '');
    const rows = villages.get(code);
    if (rows === undefined) villages.set(code, [row]);
    else rows.push(row);
  }
  return [...villages].map(([code, rows]) => ({ code, rows })).sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** Every cell in quotation marks: nothing in it can be taken for anything else. */
function written({ cells }: CsvRow): string {
  return `${cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')}\n`;
}
