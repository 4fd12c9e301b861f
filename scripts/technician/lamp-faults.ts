import type { Words } from '../cli/words.ts';
import type { ShownPattern } from './test-sign.ts';

/** A place of the sign that a person found wrong; everything is counted from 1, from the top left. */
export type FaultyPlace =
  | { kind: 'module' | 'row' | 'column'; number: number }
  | { kind: 'lamp'; column: number; row: number };

export interface SignShape {
  width: number;
  height: number;
  modules: number;
}

export interface LampFault {
  place: FaultyPlace;
  /** The pictures in which it was seen. */
  seen: ShownPattern[];
  likely: Words;
}

/** Why an answer was not understood. */
export class NotAPlace extends Error {
  readonly words: Words;

  constructor(words: Words) {
    super(words.en);
    this.name = 'NotAPlace';
    this.words = words;
  }
}

const NAMES: Record<string, FaultyPlace['kind']> = {
  module: 'module',
  โมดูล: 'module',
  row: 'row',
  แถว: 'row',
  column: 'column',
  คอลัมน์: 'column',
  lamp: 'lamp',
  ดวง: 'lamp',
};

/** `module 3; row 12; column 7; lamp 5,9`, in either language; nothing = all right. Throws NotAPlace. */
export function readPlaces(text: string, shape: SignShape): FaultyPlace[] {
  const parts = text.split(/[;\n]/).map((part) => part.trim());
  return parts.filter((part) => part !== '').map((part) => readPlace(part, shape));
}

function readPlace(text: string, { width, height, modules }: SignShape): FaultyPlace {
  const [, name = '', first = '', second] = /^(\D+?)\s*(\d+)(?:\s*,\s*(\d+))?$/.exec(text) ?? [];
  const kind = NAMES[name.toLowerCase()];
  if (kind === undefined || (kind === 'lamp') !== (second !== undefined))
    throw new NotAPlace({
      en: `"${text}" is no place: module 3; row 12; column 7; lamp 5,9 (column, row)`,
      th: `"${text}" ไม่ใช่ตำแหน่ง เช่น โมดูล 3; แถว 12; คอลัมน์ 7; ดวง 5,9 (คอลัมน์, แถว)`,
    });
  const most = { module: modules, row: height, column: width, lamp: width }[kind];
  const number = within(Number(first), most, text);
  if (kind !== 'lamp') return { kind, number };
  return { kind, column: number, row: within(Number(second), height, text) };
}

function within(number: number, most: number, text: string): number {
  if (number >= 1 && number <= most) return number;
  throw new NotAPlace({
    en: `"${text}": this sign counts from 1 to ${most}`,
    th: `"${text}": ป้ายนี้นับจาก 1 ถึง ${most}`,
  });
}

/** The same place seen in several pictures is one fault; which pictures tells the likely cause. */
export function faultsOf(marked: { pattern: ShownPattern; places: FaultyPlace[] }[]): LampFault[] {
  const seenAt = new Map<string, { place: FaultyPlace; seen: ShownPattern[] }>();
  for (const { pattern, places } of marked)
    for (const place of places) {
      const fault = seenAt.get(JSON.stringify(place)) ?? { place, seen: [] };
      if (!fault.seen.includes(pattern)) fault.seen.push(pattern);
      seenAt.set(JSON.stringify(place), fault);
    }
  return [...seenAt.values()].map((fault) => ({ ...fault, likely: likelyCause(fault.place, fault.seen) }));
}

const COLOURS: Partial<Record<ShownPattern, Words>> = {
  red: { en: 'red', th: 'แดง' },
  green: { en: 'green', th: 'เขียว' },
  blue: { en: 'blue', th: 'น้ำเงิน' },
};

function likelyCause({ kind }: FaultyPlace, seen: ShownPattern[]): Words {
  if (seen.includes('dark')) return { en: 'stuck on: a driver chip', th: 'ติดค้าง: ไอซีขับเสีย' };
  const colours = seen.flatMap((pattern) => COLOURS[pattern] ?? []);
  const [only] = colours;
  if (only !== undefined && colours.length === 1)
    return {
      en: `only ${only.en}: its lamp, or its wire in the flat cable`,
      th: `เฉพาะสี${only.th}: ดวงสีนั้นเสีย หรือสายแพเส้นนั้นหลวม`,
    };
  return CAUSES[kind];
}

const CAUSES: Record<FaultyPlace['kind'], Words> = {
  module: {
    en: 'power or flat cable of the module, or of the one before it',
    th: 'ไฟเลี้ยงหรือสายแพของโมดูลนี้ หรือของโมดูลก่อนหน้า',
  },
  row: { en: 'a row driver, or an address wire of the flat cable', th: 'ไอซีขับแถว หรือสายเลือกแถวในสายแพ' },
  column: { en: 'an output of a column driver', th: 'ขาออกของไอซีขับคอลัมน์' },
  lamp: { en: 'the lamp itself, or its solder', th: 'ดวงไฟเสีย หรือบัดกรีหลุด' },
};

export function placeWords(place: FaultyPlace): Words {
  if (place.kind === 'lamp')
    return {
      en: `lamp in column ${place.column}, row ${place.row}`,
      th: `ดวงที่คอลัมน์ ${place.column} แถว ${place.row}`,
    };
  const thai = { module: 'โมดูล', row: 'แถว', column: 'คอลัมน์' }[place.kind];
  return { en: `${place.kind} ${place.number}`, th: `${thai} ${place.number}` };
}
