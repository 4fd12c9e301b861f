import { thaiDigits, thaiNumber } from './thai-number.ts';

const MONTHS: Record<string, string> = {
  'ม.ค.': 'มกราคม',
  'ก.พ.': 'กุมภาพันธ์',
  'มี.ค.': 'มีนาคม',
  'เม.ย.': 'เมษายน',
  'พ.ค.': 'พฤษภาคม',
  'มิ.ย.': 'มิถุนายน',
  'ก.ค.': 'กรกฎาคม',
  'ส.ค.': 'สิงหาคม',
  'ก.ย.': 'กันยายน',
  'ต.ค.': 'ตุลาคม',
  'พ.ย.': 'พฤศจิกายน',
  'ธ.ค.': 'ธันวาคม',
};

/** Written short, read long. */
const ABBREVIATIONS: Record<string, string> = {
  'พ.ศ.': 'พุทธศักราช',
  'อบต.': 'องค์การบริหารส่วนตำบล',
  'อบจ.': 'องค์การบริหารส่วนจังหวัด',
  'รพ.สต.': 'โรงพยาบาลส่งเสริมสุขภาพตำบล',
  'อสม.': 'อาสาสมัครสาธารณสุขประจำหมู่บ้าน',
  'ปภ.': 'ป้องกันและบรรเทาสาธารณภัย',
  'ต.': 'ตำบล',
  'อ.': 'อำเภอ',
  'จ.': 'จังหวัด',
  'ม.': 'หมู่',
  'กม.': 'กิโลเมตร',
  'ซม.': 'เซนติเมตร',
  'มม.': 'มิลลิเมตร',
};

const anyOf = (table: Record<string, string>) =>
  Object.keys(table)
    .sort((a, b) => b.length - a.length)
    .map((each) => each.replaceAll('.', '\\.'))
    .join('|');

type Reading = (...found: string[]) => string;

/** What stands in a text, in the order in which it is looked for, and how it is read. */
const READINGS: readonly (readonly [pattern: RegExp, read: Reading])[] = [
  // 18.30 น., 8:00 น.
  [
    /(\d{1,2})[.:](\d\d)\s*(?:น\.|นาฬิกา)/g,
    (_all, hour = '', minute = '') =>
      `${thaiNumber(hour)}นาฬิกา${minute === '00' ? '' : `${thaiNumber(minute)}นาที`}`,
  ],
  [new RegExp(anyOf(MONTHS), 'g'), (month) => MONTHS[month] ?? month],
  // โทร. 042-123-456, สายด่วน 1784; a number of a subscriber wherever it stands
  [
    /(สายด่วน|โทรศัพท์|โทร\.?|เบอร์)\s*(\d[\d -]*\d)/g,
    (_all, before = '', number = '') => `${before.replace('.', '')} ${thaiDigits(number)}`,
  ],
  [/(?<!\d)0\d{1,2}[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)/g, (number) => thaiDigits(number)],
  [/%/g, () => 'เปอร์เซ็นต์'],
  // After a letter it is the end of another abbreviation.
  [
    new RegExp(`(?<![\\u0e00-\\u0e7f.])(?:${anyOf(ABBREVIATIONS)})`, 'g'),
    (short) => ABBREVIATIONS[short] ?? short,
  ],
  [
    /(\d{1,3}(?:,\d{3})+|\d{1,18})(?:\.(\d+))?/g,
    (_all, whole = '', fraction) =>
      thaiNumber(whole.replaceAll(',', '')) + (fraction === undefined ? '' : `จุด${thaiDigits(fraction)}`),
  ],
];

/** Where a speaker draws breath: line ends and marks between sentences. */
const BREATHS = /[\n,;:!?()[\]"“”•–—-]+|(?<![\u0e00-\u0e7f])\.|\.(?=\s|$)/g;

/**
 * A text as it is said: numbers, times, dates, telephone numbers and abbreviations in Thai words; one line a breath.
 * `ประชุม 13 พ.ย. 2569 เวลา 18.30 น.` -> `ประชุม สิบสาม พฤศจิกายน สองพันห้าร้อยหกสิบเก้า เวลา สิบแปดนาฬิกาสามสิบนาที`
 */
export function spelledOut(text: string): string {
  const plain = text
    .normalize('NFC')
    .replace(/[๐-๙]/g, (digit) => String((digit.codePointAt(0) ?? 0x0e50) - 0x0e50))
    .replace(/(\S+?)\s*ๆ/g, '$1 $1');
  const read = READINGS.reduce((sofar, [pattern, reading]) => sofar.replace(pattern, reading), plain);
  return read
    .replace(BREATHS, '\n')
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').trim())
    .filter((line) => line !== '')
    .join('\n');
}
