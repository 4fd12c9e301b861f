/**
 * Words that the dictionary of ICU takes apart and a reader must not: split over two lines they stumble or change
 * their meaning. Overlapping words hold each other.
 */
export const WHOLE_WORDS = [
  // Mis-split by ICU.
  'ฉับพลัน',
  'เฉียบพลัน',
  'แม่สลองนอก',
  'แม่สลองใน',
  'แม่สลอง',
  'เก๊าะ',
  // One idea in several syllables, frequent on signs.
  'สายด่วน',
  'ตั้งครรภ์',
  'ลูกบาศก์เมตร',
  'ผู้ใหญ่บ้าน',
  'ผู้สูงอายุ',
  'ผู้ป่วย',
  'ผู้ว่าราชการ',
  'เคลื่อนย้าย',
  'หลอกลวง',
  'รหัสผ่าน',
  'ติดตั้ง',
  'หน่วยงาน',
  'แจ้งเตือน',
  'เตือนภัย',
  'น้ำท่วม',
  'น้ำดื่ม',
  'เด็กเล็ก',
  'บัตรประชาชน',
  'หมู่บ้าน',
  'ไข้หวัด',
  'วันนี้',
  'พรุ่งนี้',
  'ปีใหม่',
  'ที่นี่',
  'วันที่',
  'หมู่ที่',
  'ประจำตัว',
  'ประจำเดือน',
  'พี่น้อง',
  'ขอเชิญ',
  'ขอให้',
  'กลางบ้าน',
  'ศาลาประชาคม',
  'หนองบัว',
  'โนนสว่าง',
  'แม่ฟ้าหลวง',
  'วันจันทร์',
  'วันอังคาร',
  'วันพุธ',
  'วันพฤหัสบดี',
  'วันศุกร์',
  'วันเสาร์',
  'วันอาทิตย์',
];

/** What stands before a number and belongs to it: `สายด่วน 1441`, `หมู่ที่ ๕`. */
const BEFORE_NUMBER = [
  'สายด่วน',
  'โทรศัพท์',
  'โทร.',
  'โทร',
  'เบอร์',
  'หมายเลข',
  'หมู่',
  'ม.',
  'ที่',
  'เวลา',
  'พ.ศ.',
  'ค.ศ.',
  'PM',
];

/** What stands after a number and belongs to it: `24 ชั่วโมง`, `๐๘.๓๐ น.`, `๑๓ พฤศจิกายน`. */
const AFTER_NUMBER = [
  'น.',
  'นาฬิกา',
  'วินาที',
  'นาที',
  'ชั่วโมง',
  'ชม.',
  'วัน',
  'สัปดาห์',
  'เดือน',
  'ปี',
  'คน',
  'ราย',
  'กลุ่ม',
  'ครั้ง',
  'เข็ม',
  'โดส',
  'บาท',
  'ไร่',
  'หลัง',
  'ครัวเรือน',
  'มิลลิเมตร',
  'เซนติเมตร',
  'เมตร',
  'กิโลเมตร',
  'กิโลกรัม',
  'ไมโครกรัม',
  'องศา',
  'มม.',
  'ซม.',
  'กม.',
  'กก.',
  'ม.',
  '%',
  '°C',
  ...'มกราคม กุมภาพันธ์ มีนาคม เมษายน พฤษภาคม มิถุนายน กรกฎาคม สิงหาคม กันยายน ตุลาคม พฤศจิกายน ธันวาคม'.split(' '),
  ...'ม.ค. ก.พ. มี.ค. เม.ย. พ.ค. มิ.ย. ก.ค. ส.ค. ก.ย. ต.ค. พ.ย. ธ.ค.'.split(' '),
];

const MONTHS_TO_YEAR = '(?:[ก-ฮ]\\S{0,10}(?:คม|ยน|พันธ์)|[ก-ฮเมิี]{1,3}\\.[ก-ฮ]\\.)';
/** What stands before the name of a place and is part of it. `บ้าน` is one only where a phrase begins: not in `นอกบ้าน`. */
const BEFORE_PLACE = [
  '(?<![\\p{L}\\p{M}])(?:บ้าน|วัด|ชุมชน|ถนน|ซอย)',
  'ตำบล',
  'อำเภอ',
  'จังหวัด',
  'เทศบาล',
  '(?<![\\p{L}\\p{M}])[ตอจถซ]\\. ?',
];
/** Thai names run up to the next space; a longer run says more than a name. */
const PLACE_NAME_CHARACTERS = 16;
const NUMBER = '[\\d๐-๙][\\d๐-๙.,:/-]*';

/** Letters that never begin a line alone: an abbreviation with its dots, a number, an address, Latin with its digits. */
export const WHOLE_PATTERNS = [
  // รพ.สต., พ.ศ., น., อบต.
  /(?:[เแโใไ]?[ก-ฮ]{1,4}[ะาิีุูั็่้]{0,2}\.)+/gu,
  // ณ ศาลากลางบ้าน: one letter alone on a line is overlooked.
  /(?<![\p{L}\p{M}])ณ \S/gu,
  // PM2.5, 02-123-4567, ๐๘.๓๐-๑๒.๐๐, https://…, 50%
  /[\p{Script=Latin}\d๐-๙][\p{Script=Latin}\d๐-๙.,:;/@_?=&%+#'’-]*/gu,
];

/** Where a break is avoided while the line is wide enough. */
export const TOGETHER_PATTERNS = [
  // ไม่โอน: who reads only the second line must not read the contrary.
  /(?:ไม่|อย่า|ห้าม|งด)\S/gu,
  // วันศุกร์ที่ ๑๓
  /วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|ศุกร์|เสาร์|อาทิตย์)ที่/gu,
  // The hall of a province, and of a village: where it must be parted, not before its last syllable.
  /ศาลากลาง(?:บ้าน)?/gu,
  // บ้านโนนสว่าง, ต.แม่สลองใน: the name whole where a space ends it soon, else its first word.
  new RegExp(`(?:${BEFORE_PLACE.join('|')})\\S{1,${PLACE_NAME_CHARACTERS}}(?!\\S)`, 'gu'),
  new RegExp(`(?:${BEFORE_PLACE.join('|')})\\S`, 'gu'),
  new RegExp(`(?:${alternatives(BEFORE_NUMBER)}) ?${NUMBER}`, 'gu'),
  new RegExp(`${NUMBER} ?(?:${alternatives(AFTER_NUMBER)})`, 'gu'),
  // +66 81 234 5678, 081 234 5678
  /(?:\+\d{1,3}|[0๐][\d๐-๙]{1,2})(?: [\d๐-๙]{2,4}){2,3}/gu,
  // ๐๘.๓๐ - ๑๒.๐๐
  new RegExp(`${NUMBER} ?[-–] ?${NUMBER}`, 'gu'),
  // พฤศจิกายน พ.ศ. ๒๕๖๙, พ.ย. ๒๕๖๙
  new RegExp(`${MONTHS_TO_YEAR} (?:พ\\.ศ\\. ?)?${NUMBER}`, 'gu'),
];

function alternatives(words: string[]): string {
  const longestFirst = [...words].sort((a, b) => b.length - a.length);
  return longestFirst.map((word) => word.replaceAll('.', '\\.')).join('|');
}
