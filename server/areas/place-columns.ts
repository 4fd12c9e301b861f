import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';

/** The columns of the table of villages, by every heading that people give them. docs/province.md says it in words. */

/** A cell that cannot be read; `{}` in the words is the cell. */
export interface CellFault {
  code: string;
  en: string;
  th: string;
}

export const COLUMNS = {
  code: ['code', 'village_code', 'dopa', 'รหัส', 'รหัสหมู่บ้าน'],
  name: ['name', 'village', 'ชื่อ', 'ชื่อหมู่บ้าน', 'หมู่บ้าน'],
  name_en: ['name_en', 'english', 'ชื่ออังกฤษ', 'ชื่อภาษาอังกฤษ'],
  households: ['households', 'ครัวเรือน', 'จำนวนครัวเรือน'],
  site: ['site', 'place', 'สถานที่', 'สถานที่ติดตั้ง', 'จุดติดตั้ง'],
  lat: ['lat', 'latitude', 'ละติจูด', 'พิกัดละติจูด'],
  lon: ['lon', 'lng', 'longitude', 'ลองจิจูด', 'พิกัดลองจิจูด'],
  tower: ['tower', 'หอกระจายข่าว', 'เสียงตามสาย', 'หอ'],
  sign: ['sign', 'panel', 'ป้าย', 'ป้ายไฟ', 'ป้ายประชาสัมพันธ์'],
  groups: ['groups', 'group', 'กลุ่ม'],
} as const;
export type Column = keyof typeof COLUMNS;

export const NEEDED: readonly Column[] = ['code', 'name'];

/** Corners of a box around the country, degrees. */
const THAILAND = { lat: [5.6, 20.5], lon: [97.3, 105.7] } as const;

const YES = ['yes', 'y', '1', 'true', 'มี', 'ใช่', '/', '✓'];
const NO = ['no', 'n', '0', 'false', 'ไม่มี', 'ไม่', '-'];

export function columnOf(heading: string): Column | undefined {
  const plain = heading.trim().toLowerCase().replace(/\s+/g, '_');
  const found = Object.entries(COLUMNS).find(([, names]) => names.some((name) => name === plain));
  return found?.[0] as Column | undefined;
}

/** `๑๒` -> `12`. */
export function arabic(text: string): string {
  return text.replace(/[๐-๙]/g, (digit) => String(digit.charCodeAt(0) - 0x0e50));
}

/** Degrees; a decimal comma only where commas do not part cells. */
export function degrees(axis: 'lat' | 'lon', cell: string): number | CellFault {
  const value = Number(arabic(cell).replace(',', '.'));
  const [low, high] = THAILAND[axis];
  if (Number.isFinite(value) && value >= low && value <= high) return value;
  const other = axis === 'lat' ? THAILAND.lon : THAILAND.lat;
  if (Number.isFinite(value) && value >= other[0] && value <= other[1])
    return {
      code: 'swapped',
      en: `"${cell}" looks like the other coordinate: are latitude and longitude swapped?`,
      th: `"${cell}" น่าจะเป็นพิกัดอีกแกน ละติจูดกับลองจิจูดสลับกันหรือไม่`,
    };
  return {
    code: 'bad-point',
    en: `"${cell}" is not in Thailand: degrees from ${low} to ${high}, as 17.8783`,
    th: `"${cell}" อยู่นอกประเทศไทย ให้เขียนเป็นองศาทศนิยม ${low} ถึง ${high} เช่น 17.8783`,
  };
}

export function whole(cell: string): number | CellFault {
  const value = Number(arabic(cell).replace(/,/g, ''));
  if (Number.isInteger(value) && value >= 0 && value <= 100_000) return value;
  return { code: 'bad-number', en: `"${cell}" is no whole number`, th: `"${cell}" ไม่ใช่จำนวนเต็ม` };
}

export function yesOrNo(cell: string): boolean | CellFault {
  const plain = arabic(cell).toLowerCase();
  if (YES.includes(plain)) return true;
  if (NO.includes(plain)) return false;
  return { code: 'yes-or-no', en: `"${cell}" is neither yes nor no`, th: `"${cell}" ต้องเป็น มี หรือ ไม่มี` };
}

/** A code as it should be; Excel shows one of eight digits as `4.3E+07` where the column is narrow. */
export function villageCode(cell: string): string | CellFault {
  const plain = arabic(cell).replace(/[\s-]/g, '');
  if (/^[1-9]\d{7}$/.test(plain)) return plain;
  if (/e\+/i.test(plain))
    return {
      code: 'bad-area',
      en: `"${cell}": the spreadsheet has rounded this code; make its column text`,
      th: `"${cell}": โปรแกรมตารางปัดรหัสนี้ไปแล้ว ให้ตั้งคอลัมน์เป็นข้อความ`,
    };
  return {
    code: 'bad-area',
    en: `"${cell}" is no village: its code has 8 digits`,
    th: `"${cell}" ไม่ใช่หมู่บ้าน รหัสหมู่บ้านมี 8 หลัก`,
  };
}

export function outputsAt(tower: boolean, sign: boolean): Output[] {
  return OUTPUTS.filter((output) => (output === 'tower' ? tower : sign));
}
