import { STRAY_IN_LINE, STRAY_ON_PAGE } from '../../firmware-protocol/content/stray-letters.ts';

export interface ContractWords {
  code: string;
  en?: string;
  th: string;
  /** Nobody sees the letter that it speaks of: it is named by its place and number. */
  unseen?: RegExp;
}

/**
 * The contract's own words (the message of a `regex` or `refine` in firmware-protocol/), in both languages, with the
 * code of the fault. A test holds this table against the schemas of every request.
 */
export const SCHEMA_MESSAGES: Record<string, ContractWords> = {
  'an area is "th" or a DOPA code of 2, 4, 6 or 8 digits': {
    code: 'bad-area',
    th: 'รหัสพื้นที่ต้องเป็น "th" หรือรหัสกรมการปกครอง 2, 4, 6 หรือ 8 หลัก',
  },
  'a target is an area code or "device/<id>"': {
    code: 'bad-area',
    en: 'a target is "th", a DOPA area code of 2, 4, 6 or 8 digits, or "device/<id>"',
    th: 'ปลายทางต้องเป็น "th" รหัสกรมการปกครอง 2, 4, 6 หรือ 8 หลัก หรือ "device/<รหัสหอ>"',
  },
  'a target is an area code, "device/<id>" or "group/<id>"': {
    code: 'bad-area',
    en: 'a target is "th", a DOPA area code of 2, 4, 6 or 8 digits, "device/<id>" or "group/<id>"',
    th: 'ปลายทางต้องเป็น "th" รหัสกรมการปกครอง 2, 4, 6 หรือ 8 หลัก "device/<รหัสหอ>" หรือ "group/<รหัสกลุ่ม>"',
  },
  'a group is 2 to 40 of a-z, 0-9 and "-"': {
    code: 'bad-group',
    th: 'รหัสกลุ่มยาว 2 ถึง 40 ตัว ใช้ได้เฉพาะ a-z, 0-9 และ "-"',
  },
  'a calendar is 2 to 40 of a-z, 0-9 and "-"': {
    code: 'bad-calendar',
    th: 'ชื่อปฏิทินยาว 2 ถึง 40 ตัว ใช้ได้เฉพาะ a-z, 0-9 และ "-"',
  },
  'name the calendar': { code: 'missing', th: 'ให้ระบุชื่อปฏิทิน (name)' },
  'a template is 2 to 40 of a-z, 0-9 and "-"': {
    code: 'bad-template',
    th: 'รหัสข้อความสำเร็จรูปยาว 2 ถึง 40 ตัว ใช้ได้เฉพาะ a-z, 0-9 และ "-"',
  },
  'name the area and the template': {
    code: 'missing',
    th: 'ให้ระบุพื้นที่ (area) และรหัสข้อความสำเร็จรูป (template)',
  },
  'give use, title and push': {
    code: 'missing',
    th: 'ให้ระบุการใช้งาน (use) ชื่อ (title) และเนื้อหา (push)',
  },
  'an emergency says how long its order may wait': {
    code: 'missing',
    th: 'ข้อความฉุกเฉินต้องระบุอายุของคำสั่ง (expires_in_s)',
  },
  'give village, part and text': {
    code: 'missing',
    th: 'ให้ระบุหมู่บ้าน (village) ส่วนที่เสีย (part) และอาการ (text)',
  },
  'name the trouble, and say in text what was done': {
    code: 'missing',
    th: 'ให้ระบุเรื่อง (trouble) และเขียนใน text ว่าแก้ไขอย่างไร',
  },
  'name the file': { code: 'missing', th: 'ให้ระบุไฟล์ (sha256)' },
  'a title is given to rename, and only then': {
    code: 'wrong-place',
    th: 'ชื่อ (title) ใช้เมื่อเปลี่ยนชื่อ (rename) เท่านั้น และต้องระบุเมื่อเปลี่ยนชื่อ',
  },
  'name the group': { code: 'missing', th: 'ให้ระบุรหัสกลุ่ม (group)' },
  'give either ics or ics_base64': {
    code: 'wrong-place',
    th: 'ให้ระบุ ics หรือ ics_base64 อย่างใดอย่างหนึ่ง',
  },
  'a time of day is "08:00"': { code: 'bad-time', th: 'เวลาของวันเขียนแบบ "08:00"' },
  'until is a day before from': { code: 'wrong-order', th: 'วันสุดท้าย (until) ต้องไม่อยู่ก่อนวันแรก (from)' },
  'from below for one province at most': {
    code: 'too-many',
    th: 'ดูผังของพื้นที่ย่อยทั้งหมด (below) ได้ครั้งละไม่เกินหนึ่งจังหวัด',
  },
  'at most 62 days': { code: 'too-many', th: 'ขอได้ไม่เกิน 62 วัน' },
  'give csv or csv_base64': { code: 'wrong-place', th: 'ให้ระบุ csv หรือ csv_base64 อย่างใดอย่างหนึ่ง' },
  'a hall stands in a village: 8 digits': {
    code: 'bad-area',
    th: 'หอต้องตั้งอยู่ในหมู่บ้าน ให้ใช้รหัสหมู่บ้าน 8 หลัก',
  },
  'a device id is 3 to 32 of a-z, 0-9 and "-"': {
    code: 'bad-device-id',
    th: 'รหัสหอยาว 3 ถึง 32 ตัว ใช้ได้เฉพาะ a-z, 0-9 และ "-"',
  },
  'a SHA-256 is 64 lower-case hex digits': {
    code: 'bad-sha256',
    th: 'ค่า SHA-256 ต้องเป็นเลขฐานสิบหกตัวพิมพ์เล็ก 64 ตัว',
  },
  'a ULID has 26 characters of Crockford base 32': {
    code: 'bad-ulid',
    th: 'รหัสต้องมี 26 ตัว เป็นตัวเลขและตัวอักษรอังกฤษตัวใหญ่ เช่น 01JCKZ5V00000000000000000A',
  },
  'a public key is 32 bytes in base64url': {
    code: 'bad-key',
    th: 'กุญแจสาธารณะต้องเป็นข้อมูล 32 ไบต์ในรูปแบบ base64url',
  },
  'an enrolment code has 20 letters and digits': {
    code: 'bad-code',
    th: 'รหัสลงทะเบียนต้องมีตัวอักษรและตัวเลขรวม 20 ตัว',
  },
  'a local time is "2026-11-13T18:30:00", without an offset': {
    code: 'bad-time',
    th: 'เวลาไทยให้เขียนแบบ "2026-11-13T18:30:00" โดยไม่ต้องระบุเขตเวลา',
  },
  'no such day or time': { code: 'bad-time', th: 'ไม่มีวันหรือเวลานี้ในปฏิทิน' },
  'a tower is given a chime or sound to play': {
    code: 'says-nothing',
    th: 'หอกระจายข่าวต้องมีเสียงเตือน (chime) หรือเสียงประกาศ (parts) อย่างน้อยหนึ่งอย่าง',
  },
  'no control characters': {
    code: 'control-character',
    th: 'ห้ามมีอักขระควบคุม',
    unseen: STRAY_IN_LINE,
  },
  'no control characters but line breaks': {
    code: 'control-character',
    th: 'ห้ามมีอักขระควบคุม ยกเว้นการขึ้นบรรทัดใหม่',
    unseen: STRAY_ON_PAGE,
  },
  'an announcement says something on the tower or on the panel': {
    code: 'says-nothing',
    th: 'ประกาศต้องมีเสียงทางหอกระจายข่าว (tower) หรือข้อความบนป้าย (panel) อย่างน้อยหนึ่งอย่าง',
  },
  'give text, say, media or several; or one announcement': {
    code: 'says-nothing',
    th: 'ให้ระบุ text, say, media อย่างใดอย่างหนึ่งหรือหลายอย่าง หรือระบุ announcement เพียงอย่างเดียว',
  },
  'title, hotline, picture, qr, chime, times, say belong inside the announcement': {
    code: 'wrong-place',
    th: 'เมื่อระบุ announcement แล้ว ให้ใส่ title, hotline, picture, qr, chime และ times ไว้ข้างใน announcement และไม่ใช้ say',
  },
  'give text, or one announcement': {
    code: 'says-nothing',
    th: 'ให้ระบุ text หรือระบุ announcement อย่างใดอย่างหนึ่ง',
  },
  'title, text, hotline, picture, qr belong inside the announcement': {
    code: 'wrong-place',
    th: 'เมื่อระบุ announcement แล้ว ให้ใส่ title, text, hotline, picture และ qr ไว้ข้างใน announcement',
  },
  'a sign is 16 x 16 to 1024 x 512 lamps': {
    code: 'bad-sign',
    th: 'ป้ายมีขนาดตั้งแต่ 16 x 16 ถึง 1024 x 512 ดวง',
  },
  'give text too: a sign shows this beside words': {
    code: 'missing-text',
    th: 'ให้ระบุ text ด้วย ป้ายแสดงสิ่งนี้คู่กับข้อความเสมอ',
  },
  'name the order, or whom to silence': {
    code: 'missing',
    th: 'ให้ระบุคำสั่ง (order) ที่จะหยุด หรือพื้นที่ (to) ที่จะให้เงียบ',
  },
  'name the account': {
    code: 'missing',
    th: 'ต้องระบุชื่อบัญชี',
  },
  'give roles and areas': {
    code: 'missing',
    th: 'ต้องระบุบทบาทและพื้นที่',
  },
  'to and why belong to a decision': {
    code: 'wrong-place',
    th: 'to และ why ใช้ได้เฉพาะเมื่อมีการตัดสินใจ (decision)',
  },
  'the announcement says nothing on these outputs': {
    code: 'says-nothing',
    th: 'ประกาศนี้ไม่มีเนื้อหาสำหรับช่องทาง (outputs) ที่เลือก',
  },
  'the entries together start more than 1440 times a day': {
    code: 'too-many-starts',
    th: 'ทุกรายการรวมกันเริ่มเกิน 1,440 ครั้งต่อวัน',
  },
  'this kind of order may not use this band': {
    code: 'wrong-band',
    th: 'คำสั่งชนิดนี้ใช้ระดับความสำคัญ (band) นี้ไม่ได้',
  },
  'an output is named twice': { code: 'used-twice', th: 'ระบุช่องทาง (outputs) ซ้ำกัน' },
  'give the password, or a passkey': { code: 'missing', th: 'ต้องระบุรหัสผ่าน หรือกุญแจยืนยัน อย่างใดอย่างหนึ่ง' },
  'base64url without padding': { code: 'bad-base64url', th: 'ต้องเป็น base64url ไม่มีเครื่องหมาย = ต่อท้าย' },
  'sha256 belongs to challenge, and challenge needs it': {
    code: 'wrong-place',
    th: 'sha256 ใช้กับ challenge เท่านั้น และ challenge ต้องมี sha256',
  },
  'a new passkey has a title and a credential': {
    code: 'missing',
    th: 'กุญแจยืนยันใหม่ต้องมีทั้ง title และ credential',
  },
  'id belongs to remove, and remove needs it': {
    code: 'wrong-place',
    th: 'id ใช้กับ remove เท่านั้น และ remove ต้องมี id',
  },
};
