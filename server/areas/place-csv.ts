import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { STRAY_IN_LINE } from '../../firmware-protocol/content/stray-letters.ts';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { type CsvText, decodeCsv, OPEN_QUOTE } from './csv-text.ts';
import {
  type CellFault,
  COLUMNS,
  type Column,
  columnOf,
  degrees,
  NEEDED,
  outputsAt,
  villageCode,
  whole,
  yesOrNo,
} from './place-columns.ts';
import type { Site, VillageRecord } from './place-records.ts';

const GROUP_ID = /^[a-z0-9-]{2,40}$/;
const NAME_CHARS = 120;
/** What a village's only site is called where nobody named it. */
const HALL = 'ศาลาประชาคม';

/** `line` = where it stands first. */
export type ReadVillage = Omit<VillageRecord, 'listedAt'> & { groups: string[]; line: number };

/** A file of villages and their sites, read whole: either no faults, or nothing of it counts. */
export interface ReadPlaces extends Pick<CsvText, 'encoding' | 'delimiter'> {
  villages: ReadVillage[];
  /** Paths are `line 17, lat`. */
  faults: Fault[];
}

interface Read {
  villages: Map<AreaCode, ReadVillage>;
  faults: Fault[];
}

/** One row is one site of a village; villages with two have two rows. */
export function readPlaces(bytes: Uint8Array): ReadPlaces {
  const { encoding, delimiter, rows, openQuote } = decodeCsv(bytes);
  const read: Read = { villages: new Map(), faults: [] };
  const [heading, ...body] = rows;
  const columns = heading?.cells.map(columnOf) ?? [];
  if (openQuote !== undefined) read.faults.push(fault(openQuote, undefined, OPEN_QUOTE));
  read.faults.push(...headingFaults(heading?.line ?? 1, heading?.cells ?? [], columns));
  if (read.faults.length === 0)
    for (const { line, cells } of body)
      takeRow(read, line, cellsBy(columns, cells), cells.length > columns.length);
  if (body.length === 0) read.faults.push(fault(1, undefined, NO_ROWS));
  return { encoding, delimiter, villages: [...read.villages.values()], faults: read.faults };
}

const NO_ROWS: CellFault = {
  code: 'empty',
  en: 'there is no village below the heading',
  th: 'ไม่มีหมู่บ้านใต้หัวตาราง',
};

function headingFaults(line: number, cells: string[], columns: (Column | undefined)[]): Fault[] {
  const faults: Fault[] = [];
  for (const [at, cell] of cells.entries()) {
    const column = columns[at];
    if (column === undefined && cell !== '')
      faults.push(
        fault(line, cell, {
          code: 'unknown-column',
          en: `no such column; there are ${Object.keys(COLUMNS).join(', ')}`,
          th: `ไม่รู้จักคอลัมน์นี้ คอลัมน์ที่ใช้ได้คือ ${Object.values(COLUMNS)
            .map((names) => names.at(-1))
            .join(', ')}`,
        }),
      );
    if (column !== undefined && columns.indexOf(column) !== at)
      faults.push(
        fault(line, cell, { code: 'used-twice', en: 'the column is there twice', th: 'คอลัมน์นี้ซ้ำกัน' }),
      );
  }
  for (const column of NEEDED)
    if (!columns.includes(column))
      faults.push(
        fault(line, column, {
          code: 'missing',
          en: 'this column is needed; the first line names the columns',
          th: `ต้องมีคอลัมน์ "${COLUMNS[column].at(-1)}" และบรรทัดแรกต้องเป็นหัวตาราง`,
        }),
      );
  return faults;
}

type Cells = Partial<Record<Column, string>>;

function cellsBy(columns: (Column | undefined)[], cells: string[]): Cells {
  return Object.fromEntries(
    columns.flatMap((column, at) => (column && cells[at] ? [[column, cells[at]]] : [])),
  );
}

function takeRow(read: Read, line: number, cells: Cells, tooLong: boolean): void {
  const before = read.faults.length;
  /** The value, or nothing and one more fault. */
  const take = <T>(column: Column, reader: (cell: string) => T | CellFault): T | undefined => {
    const cell = cells[column];
    const value = cell === undefined ? undefined : reader(cell);
    if (!isFault(value)) return value;
    read.faults.push(fault(line, column, value));
    return undefined;
  };
  for (const column of NEEDED)
    if (cells[column] === undefined) read.faults.push(fault(line, column, EMPTY_CELL));
  if (tooLong) read.faults.push(fault(line, undefined, TOO_MANY_CELLS));
  const code = take('code', villageCode);
  const [lat, lon] = [
    take('lat', (cell) => degrees('lat', cell)),
    take('lon', (cell) => degrees('lon', cell)),
  ];
  if ((cells.lat === undefined) !== (cells.lon === undefined))
    read.faults.push(fault(line, cells.lat === undefined ? 'lat' : 'lon', EMPTY_CELL));
  const site: Site = {
    name: take('site', shortText) ?? HALL,
    point: lat === undefined || lon === undefined ? undefined : { lat, lon },
    outputs: outputsAt(take('tower', yesOrNo) ?? true, take('sign', yesOrNo) ?? false),
  };
  const village = {
    line,
    code: code ?? '',
    name: take('name', shortText) ?? '',
    nameEn: take('name_en', shortText),
    households: take('households', whole),
    groups: take('groups', groupIds) ?? [],
    sites: [site],
  };
  if (read.faults.length === before) addSite(read, line, village);
}

/** The second row of a village is one more site of it; what it says of the village must be the same. */
function addSite({ villages, faults }: Read, line: number, row: ReadVillage): void {
  const known = villages.get(row.code);
  const [site] = row.sites;
  if (known === undefined) villages.set(row.code, row);
  else if (known.name !== row.name)
    faults.push(
      fault(line, 'name', {
        code: 'two-names',
        en: `${row.code} is called "${known.name}" further up`,
        th: `รหัส ${row.code} ด้านบนใช้ชื่อ "${known.name}"`,
      }),
    );
  else if (site === undefined || known.sites.some(({ name }) => name === site.name))
    faults.push(
      fault(line, 'site', {
        code: 'used-twice',
        en: `${row.code} has this site already; a second site needs a name of its own`,
        th: `รหัส ${row.code} มีจุดติดตั้งนี้แล้ว จุดที่สองต้องมีชื่อสถานที่ต่างกัน`,
      }),
    );
  else {
    known.sites.push(site);
    known.groups = [...new Set([...known.groups, ...row.groups])];
  }
}

const EMPTY_CELL: CellFault = { code: 'missing', en: 'this cell is empty', th: 'ช่องนี้ว่าง' };
const TOO_MANY_CELLS: CellFault = {
  code: 'too-many-cells',
  en: 'the line has more cells than the heading; is a text with commas not in quotes?',
  th: 'บรรทัดนี้มีช่องมากกว่าหัวตาราง ข้อความที่มีจุลภาคต้องอยู่ในเครื่องหมายคำพูด',
};

function shortText(cell: string): string | CellFault {
  if (cell.length <= NAME_CHARS && !STRAY_IN_LINE.test(cell) && !cell.includes('\ufffd')) return cell;
  return {
    code: 'bad-text',
    en: `a name has at most ${NAME_CHARS} characters, all of them readable`,
    th: `ชื่อยาวได้ไม่เกิน ${NAME_CHARS} ตัวอักษร และต้องอ่านออกทุกตัว`,
  };
}

function groupIds(cell: string): string[] | CellFault {
  const ids = cell.split(/[\s|]+/).filter((id) => id !== '');
  const wrong = ids.find((id) => !GROUP_ID.test(id));
  if (wrong === undefined) return [...new Set(ids)];
  return {
    code: 'bad-group',
    en: `"${wrong}" is no group: 2 to 40 of a-z, 0-9 and "-"; several are parted by blanks`,
    th: `"${wrong}" ไม่ใช่รหัสกลุ่ม ใช้ a-z, 0-9 และ "-" ยาว 2 ถึง 40 ตัว หลายกลุ่มให้เว้นวรรค`,
  };
}

function isFault(value: unknown): value is CellFault {
  return typeof value === 'object' && value !== null && 'th' in value;
}

function fault(line: number, column: string | undefined, { code, en, th }: CellFault): Fault {
  return { path: column === undefined ? `line ${line}` : `line ${line}, ${column}`, code, en, th };
}
