/**
 * What the contract says of a recurrence rule (`parseRule`), in Thai: pattern -> sentence with `$1`, `$2` of it.
 * A test holds this table against the rules that fail.
 */
const SENTENCES: [RegExp, string][] = [
  [/^is one of (.+)$/, 'ต้องเป็นหนึ่งใน $1'],
  [/^is a whole number from (\d+) to (\d+)$/, 'ต้องเป็นจำนวนเต็มตั้งแต่ $1 ถึง $2'],
  [/^(".*") is no number from (\d+) to (\d+)$/, '$1 ไม่ใช่ตัวเลขตั้งแต่ $2 ถึง $3'],
  [
    /^(".*") is no number from (\d+) to (\d+), or from the end with "-"$/,
    '$1 ไม่ใช่ตัวเลขตั้งแต่ $2 ถึง $3 (ใส่ "-" ข้างหน้าเพื่อนับจากท้าย)',
  ],
  [/^(".*") is no weekday$/, '$1 ไม่ใช่วันในสัปดาห์ (MO, TU, WE, TH, FR, SA, SU)'],
  [
    /^is YYYYMMDD or YYYYMMDDTHHMMSS in Thai time, or with Z in UTC$/,
    'ต้องเป็น YYYYMMDD หรือ YYYYMMDDTHHMMSS ตามเวลาไทย หรือลงท้ายด้วย Z ตามเวลา UTC',
  ],
  [/^is no part of the rules that prakat knows$/, 'ไม่ใช่ส่วนของกฎที่ระบบรู้จัก'],
  [/^is given twice$/, 'ระบุซ้ำสองครั้ง'],
  [/^has no value$/, 'ไม่มีค่า'],
  [/^is missing$/, 'ยังไม่ได้ระบุ'],
  [/^and UNTIL exclude each other$/, 'ใช้พร้อมกับ UNTIL ไม่ได้'],
  [/^has ordinals only in MONTHLY and YEARLY rules$/, 'ระบุลำดับที่ได้เฉพาะกฎ MONTHLY และ YEARLY'],
  [/^has ordinals only without BYMONTHDAY$/, 'ระบุลำดับที่พร้อมกับ BYMONTHDAY ไม่ได้'],
  [/^has no meaning in a WEEKLY rule$/, 'ใช้กับกฎ WEEKLY ไม่ได้'],
  [/^needs another BY part to choose from$/, 'ต้องมีส่วน BY อื่นให้เลือกด้วย'],
  [/^makes this rule start more often than once a minute$/, 'ทำให้เริ่มถี่กว่านาทีละครั้ง'],
];

/** `what` is wrong, in Thai; undefined for words that the table does not know. */
export function ruleFaultThai(what: string): string | undefined {
  const known = SENTENCES.find(([pattern]) => pattern.test(what));
  return known && what.replace(known[0], known[1]);
}
