/**
 * How firmly a word holds to the next. `loosely`: a reader pauses before it rather than behind it. `together`: parted they must be
 * put together again, as the words of a name. `firmly`: parted they say something else, as a number without its unit.
 */
export const BOND = { none: 0, loosely: 1, together: 2, firmly: 3 } as const;

export type Bond = (typeof BOND)[keyof typeof BOND];

/** Words of one syllable that say nothing without the next one: `ผู้`, `การ`, and a line rather begins than ends with `และ`, `ที่`. */
export const LEADS_ON: Record<string, Bond> = {
  ...each('ผู้ ความ การ นัก ชาว ทุก', BOND.firmly),
  ...each('ที่ ใน ภายใน หน้า ใกล้ ของ และ หรือ โดย จาก กับ แก่ เพื่อ เพราะ ถึง ให้ เป็น', BOND.loosely),
};

/** Words that say nothing without the one before: `ค่ำนี้`. */
export const LEANS_ON: Record<string, Bond> = {
  ...each('นี้ นั้น กว่า ขึ้นไป', BOND.together),
  ...each('เท่านั้น ด้วย แล้ว', BOND.loosely),
};

function each(words: string, bond: Bond): Record<string, Bond> {
  return Object.fromEntries(words.split(' ').map((word) => [word, bond]));
}

/** What stands before a number and belongs to it: `สายด่วน 1441`, `หมู่ที่ ๕`. */
const BEFORE_NUMBER = (
  'สายด่วน โทรศัพท์ โทร. โทร โทรสาร เบอร์ หมายเลข ต่อ หมู่ ม. ที่ เลขที่ เวลา (?<!สูง)อายุ ขนาด ลึก สูง ราคา ร้อยละ มาตรา ข้อ ชั้น ห้อง ' +
  'ช่อง รุ่น เวที ปี พ.ศ. ค.ศ. ไม่เกิน เกิน ประมาณ เฟส PM'
).split(' ');

/** What stands after a number and belongs to it: `24 ชั่วโมง`, `๐๘.๓๐ น.`, `๑๓ พฤศจิกายน`. */
const AFTER_NUMBER = (
  'น. นาฬิกา วินาที นาที ชั่วโมง ชม. วัน สัปดาห์ เดือน ปี ขวบ คน ราย ท่าน กลุ่ม ครั้ง เข็ม โดส ไร่ หลัง ครัวเรือน ตัว คัน ใบ ชุด ' +
  'กล่อง ถุง ขวด แผง แห่ง จุด รอบ ชั้น ห้อง บาท ล้าน แสน หมื่น พัน มิลลิเมตร เซนติเมตร เมตร กิโลเมตร ลูกบาศก์เมตร ตารางเมตร ' +
  'กิโลกรัม ไมโครกรัม ตัน ลิตร องศา มม. ซม. กม. กก. ม. ลบ.ม. ตร.ม. ตร.กม. % °C cm mm km kg Mbps ' +
  'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม ' +
  'ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.'
).split(' ');

const MONTHS_TO_YEAR = '(?:[ก-ฮ]\\S{0,10}(?:คม|ยน|พันธ์)|[ก-ฮเมิี]{1,3}\\.[ก-ฮ]\\.)';
/** Where a phrase begins. */
const BEGINS = '(?<![\\p{L}\\p{M}])';
/** What stands before the name of a place and is part of it. `บ้าน` is one only where a phrase begins: not in `นอกบ้าน`. */
const BEFORE_PLACE = [
  `${BEGINS}(?:บ้าน|วัด|ชุมชน|ถนน|ซอย)`,
  'ตำบล',
  'อำเภอ',
  'จังหวัด',
  'เทศบาล',
  `${BEGINS}[ตอจถซ]\\. ?`,
];
/** What stands before the name of a person. `นายก` is none. */
const BEFORE_PERSON = `${BEGINS}(?:นาย(?!ก|อำเภอ|ทะเบียน)|นางสาว|นาง|น\\.ส\\.|ด\\.[ชญ]\\.|ดร\\.|พระครู)`;
/** Thai names run up to the next space; a longer run says more than a name. */
const NAME_CHARACTERS = 16;
const NAME = `\\S{1,${NAME_CHARACTERS}}`;
const ABBREVIATION = '(?:[เแโใไ]?[ก-ฮ]{1,4}[ะาิีุูั็่้]{0,2}\\.)+';
const NUMBER = '[\\d๐-๙][\\d๐-๙.,:/–-]*';

/** Letters that never begin a line alone: an abbreviation with its dots, a number, an address, Latin with its digits. */
export const WHOLE_PATTERNS = [
  // รพ.สต., พ.ศ., น., อบต.
  new RegExp(ABBREVIATION, 'gu'),
  // ณ ศาลากลางบ้าน: one letter alone on a line is overlooked.
  /(?<![\p{L}\p{M}])ณ \S/gu,
  // PM2.5, 02-123-4567, ๐๘.๓๐–๑๒.๐๐, https://…, 50%
  /[\p{Script=Latin}\d๐-๙][\p{Script=Latin}\d๐-๙.,:;/@_?=&%+#'’–-]*/gu,
  // บาท/ตัน, กม./ชม.
  /[\p{L}\p{M}.]\/\p{L}/gu,
  // วันศุกร์ที่ ๑๓, งวดที่ ๓
  new RegExp(`[\\p{L}\\p{M}]ที่(?= ?${NUMBER})`, 'gu'),
  // วันศุกร์ที่
  /วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)ที่/gu,
];

/** Where a break is avoided while the line is wide enough. */
export const BOUND_PATTERNS: { pattern: RegExp; bond: Bond }[] = [
  ...[
    // ไม่โอน: who reads only the second line must not read the contrary.
    /(?:ไม่|อย่า|ห้าม|งด)\S/gu,
    new RegExp(`${NUMBER} ?(?:${alternatives(AFTER_NUMBER)})`, 'gu'),
    new RegExp(`[พค]\\.ศ\\. ?${NUMBER}`, 'gu'),
    // +66 81 234 5678, 081 234 5678, 0 4412 3456
    /(?:\+\d{1,3}|[0๐][\d๐-๙]{0,2})(?: [\d๐-๙]{2,4}){2,3}/gu,
    // ๐๘.๓๐ - ๑๒.๐๐
    new RegExp(`${NUMBER} ?[-–] ?${NUMBER}`, 'gu'),
    // อบต.หนองไผ่: no space, no pause.
    new RegExp(`${ABBREVIATION}[ก-ฮเแโใไ(]`, 'gu'),
  ].map((pattern) => ({ pattern, bond: BOND.firmly })),
  ...[
    new RegExp(`(?:${alternatives(BEFORE_NUMBER)}) ?${NUMBER}`, 'gu'),
    // พฤศจิกายน พ.ศ. ๒๕๖๙, พ.ย. ๒๕๖๙
    new RegExp(`${MONTHS_TO_YEAR} (?:พ\\.ศ\\. ?)?${NUMBER}`, 'gu'),
    // The hall of a province, and of a village: where it must be parted, not before its last syllable.
    /ศาลากลาง(?:บ้าน)?/gu,
    // บ้านโนนสว่าง, ต.แม่สลองใน: the name whole where a space ends it soon, else its first word.
    new RegExp(`(?:${BEFORE_PLACE.join('|')})${NAME}(?!\\S)`, 'gu'),
    new RegExp(`(?:${BEFORE_PLACE.join('|')})\\S`, 'gu'),
    new RegExp(`${ABBREVIATION}[ก-ฮเแโใไ]${NAME}(?!\\S)`, 'gu'),
    // น.ส.สมหญิง รักเรียน: both of the names.
    new RegExp(`${BEFORE_PERSON} ?${NAME}(?: ${NAME})?(?!\\S)`, 'gu'),
    // (ฟรี ทุกตัว), “คนละครึ่ง พลัส”: what is enclosed is read in one.
    /\([^()\n]{1,24}\)|\[[^[\]\n]{1,24}\]|“[^“”\n]{1,24}”|‘[^‘’\n]{1,24}’|"[^"\n]{1,24}"/gu,
    // สว.(ป.): no space, no pause.
    /\S[([{«“‘]/gu,
    // LINE ID: @village
    /\S: \S/gu,
    // ยา ฯลฯ
    /\S ฯลฯ/gu,
  ].map((pattern) => ({ pattern, bond: BOND.together })),
  { pattern: /พระบาทสมเด็จพระเจ้าอยู่หัวฯ?/gu, bond: BOND.loosely },
];

function alternatives(words: string[]): string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  return longestFirst.map((word) => word.replaceAll('.', '\\.')).join('|');
}
