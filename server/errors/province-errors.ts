import type { ErrorText } from './error-text.ts';

/** Part of SERVER_ERRORS: what villages, groups, calendars and programmes are refused for. */
export const PROVINCE_ERRORS = {
  'unknown-calendar': { status: 404, en: 'there is no calendar "{name}"', th: 'ไม่มีปฏิทินชื่อ "{name}"' },
  'unknown-version': {
    status: 404,
    en: 'the programme of {area} has no version {version}',
    th: 'ผังรายการของ {area} ไม่มีฉบับที่ {version}',
  },
  'too-many-troubles': {
    status: 409,
    en: '{area} has {limit} troubles that are open; close what is mended first',
    th: '{area} มีเรื่องแจ้งขัดข้องที่ยังไม่ปิด {limit} เรื่อง โปรดปิดเรื่องที่แก้ไขแล้วก่อน',
  },
  'unknown-trouble': { status: 404, en: 'there is no trouble {trouble}', th: 'ไม่พบเรื่องแจ้งขัดข้อง {trouble}' },
  'trouble-closed': {
    status: 409,
    en: 'trouble {trouble} was closed before',
    th: 'เรื่องแจ้งขัดข้อง {trouble} ปิดไปแล้ว',
  },
  'no-draft': { status: 404, en: 'there is no draft for {area}', th: 'ยังไม่มีร่างผังรายการของ {area}' },
  'draft-outdated': {
    status: 409,
    en: 'the draft was begun from version {based_on}, and version {version} was published since; look, and accept "conflicts"',
    th: 'ร่างนี้เริ่มจากฉบับที่ {based_on} แต่มีการเผยแพร่ฉบับที่ {version} แล้ว โปรดตรวจดู แล้วยอมรับด้วย "conflicts"',
  },
  'draft-changed': {
    status: 409,
    en: 'the draft was changed meanwhile (last by {by}); read it again, what you typed is not lost',
    th: 'ฉบับร่างถูกแก้ไขไประหว่างนี้ (ล่าสุดโดย {by}) โปรดเปิดดูใหม่ สิ่งที่พิมพ์ไว้ยังอยู่',
  },
  'programme-conflicts': {
    status: 409,
    en: 'the programme meets {count} conflicts; accept "conflicts" to publish it all the same',
    th: 'ผังรายการขัดกับรายการอื่นหรือกฎของหอ {count} เรื่อง หากยืนยันเผยแพร่ให้ยอมรับด้วย "conflicts"',
  },
  'slot-of-another': {
    status: 403,
    en: '{count} conflicts are with time that another area gave; only that area can allow them',
    th: 'มี {count} เรื่องที่ขัดกับช่วงเวลาที่พื้นที่อื่นจัดไว้ ต้องให้พื้นที่นั้นเป็นผู้อนุญาต',
  },
  'programme-frozen': {
    status: 409,
    en: '{count} items that begin within minutes would change, first {first}; accept "frozen" to change them',
    th: 'มี {count} รายการที่จะเริ่มในไม่กี่นาทีและจะเปลี่ยนไป รายการแรก {first} หากยืนยันให้ยอมรับด้วย "frozen"',
  },
  'unknown-template': {
    status: 404,
    en: '{area} has no template "{template}"',
    th: '{area} ไม่มีข้อความสำเร็จรูปชื่อ "{template}"',
  },
  'too-many-templates': {
    status: 422,
    en: '{area} has {limit} templates already; take one away first',
    th: '{area} มีข้อความสำเร็จรูปครบ {limit} รายการแล้ว โปรดลบบางรายการก่อน',
  },
  'media-in-use': {
    status: 409,
    en: 'the file is used in {count} places; it can be taken away when nothing names it any more',
    th: 'ไฟล์นี้ใช้อยู่ {count} แห่ง ลบได้เมื่อไม่มีรายการใดใช้แล้ว',
  },
  'hearing-too-wide': {
    status: 422,
    en: 'what villages hear differs too much there: after {plans} different plans there was no room for more; ask for a shorter time, or province by province',
    th: 'รายการของหมู่บ้านในพื้นที่นี้ต่างกันมากเกินกว่าจะแสดงได้: พบแล้ว {plans} แบบ โปรดเลือกช่วงเวลาที่สั้นลง หรือดูทีละจังหวัด',
  },
  'unknown-group': { status: 404, en: 'there is no group "{group}"', th: 'ไม่มีกลุ่มชื่อ "{group}"' },
  'too-many-targets': {
    status: 422,
    en: 'these are {count} targets; one order names at most {limit}: name whole tambons or districts',
    th: 'ปลายทางมี {count} แห่ง หนึ่งคำสั่งระบุได้ไม่เกิน {limit} แห่ง ให้ระบุเป็นตำบลหรืออำเภอ',
  },
  'places-invalid': {
    status: 422,
    en: 'the table has {count} faults; nothing of it was imported',
    th: 'ตารางมีที่ผิด {count} แห่ง ยังไม่ได้นำเข้าข้อมูลใด ๆ',
  },
  'ical-invalid': {
    status: 422,
    en: 'the calendar has {count} faults; nothing of it was taken over',
    th: 'ไฟล์ปฏิทินมีที่ผิด {count} แห่ง ยังไม่ได้นำเข้ารายการใด ๆ',
  },
  'outside-replaced': {
    status: 422,
    en: '{area} is outside {replaces}, whose list is to be replaced',
    th: '{area} อยู่นอกพื้นที่ {replaces} ที่สั่งให้แทนที่รายชื่อ',
  },
} as const satisfies Record<string, ErrorText>;
