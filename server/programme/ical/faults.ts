import type { Fault } from '../../../firmware-protocol/mqtt/answer.ts';

export type IcalFault = Fault;

/** Where in a file: the line, the property on it, the event. */
export interface Place {
  line: number;
  name?: string | undefined;
  uid?: string | undefined;
}

/** Everything for which a file is not taken over; `{...}` is filled in. What cannot be said in a programme is refused by its name, never made into something else. */
const WORDS = {
  'file-too-large': [
    'the file has {bytes} bytes; at most {limit}',
    'ไฟล์มีขนาด {bytes} ไบต์ รับได้ไม่เกิน {limit} ไบต์',
  ],
  'not-utf8': ['the file is not UTF-8', 'ไฟล์ไม่ใช่ UTF-8'],
  'too-many-lines': ['the file has more than {limit} lines', 'ไฟล์มีเกิน {limit} บรรทัด'],
  'too-many-events': [
    'the file has {count} events; at most {limit}',
    'ไฟล์มี {count} กิจกรรม รับได้ไม่เกิน {limit}',
  ],
  'too-deep': ['components lie too deep in each other', 'ส่วนประกอบซ้อนกันลึกเกินไป'],
  'wrong-end': ['END:{name} ends nothing that is open', 'END:{name} ไม่ตรงกับส่วนที่เปิดอยู่'],
  'bad-line': ['"{text}" is no line of iCalendar', '"{text}" ไม่ใช่บรรทัดของ iCalendar'],
  unclosed: ['BEGIN:{name} has no end', 'BEGIN:{name} ไม่มี END'],
  'no-calendar': ['there is no BEGIN:VCALENDAR in it', 'ไม่มี BEGIN:VCALENDAR ในไฟล์'],
  'no-start': ['the event has no DTSTART', 'กิจกรรมไม่มี DTSTART'],
  'bad-time': ['"{value}" is no time', '"{value}" ไม่ใช่เวลาที่ใช้ได้'],
  'too-early': [
    'a series that begins before 2000 is not taken; let it begin later',
    'ไม่รับรายการซ้ำที่เริ่มก่อน ค.ศ. 2000 ให้ตั้งวันเริ่มใหม่',
  ],
  'unknown-zone': [
    'the file does not say what the zone "{zone}" is',
    'ไฟล์ไม่ได้บอกว่าเขตเวลา "{zone}" คือเวลาใด',
  ],
  'zone-moves': [
    'the zone "{zone}" has summer time; export the calendar in Asia/Bangkok',
    'เขตเวลา "{zone}" มีเวลาออมแสง ให้ส่งออกปฏิทินในเขตเวลา Asia/Bangkok',
  ],
  'foreign-zone-rule': [
    'this rule means other days in Thai time than in the zone of its event; export it in Asia/Bangkok',
    'กฎนี้ตกคนละวันเมื่อคิดเป็นเวลาไทย ให้ส่งออกในเขตเวลา Asia/Bangkok',
  ],
  'all-day-time': [
    'an event of a whole day needs a time: give "all_day_at" in the mapping',
    'กิจกรรมทั้งวันต้องกำหนดเวลาประกาศ ให้ระบุ "all_day_at"',
  ],
  'all-day-rule': ['{part} has no meaning in an event of a whole day', '{part} ใช้กับกิจกรรมทั้งวันไม่ได้'],
  'many-days-rule': [
    'an event of several days that comes again is not taken; make it one of a day',
    'ไม่รับกิจกรรมหลายวันที่เกิดซ้ำ ให้ทำเป็นกิจกรรมวันเดียว',
  ],
  'too-long-event': [
    'the event lasts {days} days; at most {limit}',
    'กิจกรรมยาว {days} วัน รับได้ไม่เกิน {limit} วัน',
  ],
  'rule-unsupported': ['{part} {what}', '{part} {what_th}'],
  'two-rules': ['an event has one RRULE at most', 'กิจกรรมหนึ่งมี RRULE ได้เพียงกฎเดียว'],
  exrule: ['EXRULE is not taken (RFC 5545 has dropped it)', 'ไม่รับ EXRULE (ยกเลิกแล้วใน RFC 5545)'],
  'start-off-rule': [
    'DTSTART does not fit its RRULE, and programs differ on what that means; let it begin on a day of the rule',
    'DTSTART ไม่ตรงกับ RRULE แต่ละโปรแกรมตีความต่างกัน ให้เริ่มในวันที่ตรงกับกฎ',
  ],
  'dates-of-another-kind': [
    '{name} names days where the event has times, or the other way round',
    '{name} เป็นวันล้วนแต่กิจกรรมมีเวลา หรือกลับกัน',
  ],
  period: ['RDATE with periods is not taken', 'ไม่รับ RDATE ที่เป็นช่วงเวลา (PERIOD)'],
  'this-and-future': [
    'RECURRENCE-ID with RANGE=THISANDFUTURE is not taken; end the series and begin another',
    'ไม่รับ RECURRENCE-ID แบบ RANGE=THISANDFUTURE ให้จบรายการเดิมแล้วเริ่มรายการใหม่',
  ],
  'too-many-dates': ['{name} has {count} dates; at most {limit}', '{name} มี {count} วัน รับได้ไม่เกิน {limit}'],
  'same-uid': ['two events have this UID', 'มีสองกิจกรรมใช้ UID นี้'],
  'no-mapping': [
    'nothing says what this event becomes: give "as", or its category in "categories"',
    'ยังไม่ได้กำหนดว่ากิจกรรมนี้จะเป็นรายการแบบใด ให้ระบุ "as" หรือหมวดใน "categories"',
  ],
  'no-summary': ['the event has no SUMMARY: what shall be said?', 'กิจกรรมไม่มี SUMMARY จึงไม่รู้ว่าจะประกาศอะไร'],
  'no-description': [
    'the mapping takes DESCRIPTION, and the event has none',
    'กำหนดให้ใช้ DESCRIPTION แต่กิจกรรมนี้ไม่มี',
  ],
  'html-text': [
    'DESCRIPTION is HTML, which a sign would show as it stands; take "summary"',
    'DESCRIPTION เป็น HTML ซึ่งป้ายจะแสดงเครื่องหมายทั้งหมด ให้ใช้ "summary"',
  ],
  'note-broken': ['{name} is not what prakat wrote', '{name} ไม่ใช่ข้อมูลที่ระบบนี้เขียนไว้'],
  'calendar-days-changed': [
    'the days of this entry come of calendars; change it in prakat',
    'วันของรายการนี้มาจากปฏิทินวันสำคัญ ให้แก้ในระบบนี้',
  ],
  'slot-exceptions': ['a slot has a rule and no other dates', 'ช่วงเวลาที่จัดไว้มีได้เฉพาะกฎ ไม่มีวันเพิ่มหรือวันยกเว้น'],
} as const satisfies Record<string, readonly [en: string, th: string]>;
export type IcalFaultCode = keyof typeof WORDS;

export function icalFault(
  place: Place,
  code: IcalFaultCode,
  context: Record<string, string | number> = {},
): IcalFault {
  const [en, th] = WORDS[code];
  return { path: placeText(place), code, en: filled(en, context), th: filled(th, context) };
}

/** `line 12, RRULE, 4f2@google.com`. */
export function placeText({ line, name, uid }: Place): string {
  return [`line ${line}`, ...(name ? [name] : []), ...(uid ? [uid.slice(0, 80)] : [])].join(', ');
}

function filled(template: string, context: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(context[name] ?? whole));
}
