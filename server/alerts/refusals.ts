import type { ReasonText } from './reason-text.ts';

/** Why an alert is no CAP 1.2, or forbidden. Codes are never reused. */
export const REFUSALS = {
  // ---- the file
  'too-large': {
    effect: 'refuse',
    en: 'the file has {bytes} bytes, more than is read',
    th: 'ไฟล์มีขนาด {bytes} ไบต์ ใหญ่เกินกว่าที่รับอ่าน',
    clause: 'limit of prakat',
  },
  encoding: {
    effect: 'refuse',
    en: 'the text is not in the encoding that it names: {encoding}',
    th: 'ข้อความไม่ตรงกับรหัสอักขระที่ระบุไว้: {encoding}',
    clause: 'XML 1.0, 4.3.3',
  },
  'not-xml': {
    effect: 'refuse',
    en: 'this is not well-formed XML: {detail}',
    th: 'ไม่ใช่ XML ที่ถูกต้อง: {detail}',
    clause: 'XML 1.0, 2.1',
  },
  'not-one-document': {
    effect: 'refuse',
    en: 'something stands after the end of the document',
    th: 'มีเนื้อหาเกินมาหลังจบเอกสาร',
    clause: 'XML 1.0, 2.1',
  },
  'xml-too-deep': {
    effect: 'refuse',
    en: 'elements are nested deeper than is read',
    th: 'องค์ประกอบซ้อนกันลึกเกินกว่าที่รับอ่าน',
    clause: 'limit of prakat',
  },
  'xml-too-many': {
    effect: 'refuse',
    en: 'there are more elements than are read',
    th: 'มีองค์ประกอบมากเกินกว่าที่รับอ่าน',
    clause: 'limit of prakat',
  },
  doctype: {
    effect: 'refuse',
    en: 'a document type is not allowed: it can make a reader fetch files',
    th: 'ไม่อนุญาตให้มี DOCTYPE เพราะอาจสั่งให้ระบบไปดึงไฟล์อื่น',
    clause: 'rule of prakat',
  },
  xinclude: {
    effect: 'refuse',
    en: 'XInclude is not allowed: it makes a reader fetch files',
    th: 'ไม่อนุญาตให้ใช้ XInclude เพราะสั่งให้ระบบไปดึงไฟล์อื่น',
    clause: 'rule of prakat',
  },
  'no-alert': {
    effect: 'refuse',
    en: 'there is no alert in this file',
    th: 'ไม่พบประกาศเตือน (alert) ในไฟล์นี้',
    clause: 'CAP 3.2.1',
  },
  // ---- the form of an alert
  version: {
    effect: 'refuse',
    en: 'this is CAP {version}; only CAP 1.2 is read',
    th: 'ข้อความนี้เป็น CAP รุ่น {version} ระบบรับเฉพาะ CAP 1.2',
    clause: 'CAP 3.2.1',
  },
  namespace: {
    effect: 'refuse',
    en: 'the element alert is not in the namespace of CAP 1.2',
    th: 'องค์ประกอบ alert ไม่อยู่ในเนมสเปซของ CAP 1.2',
    clause: 'CAP 3.2.1',
  },
  'element-unknown': {
    effect: 'refuse',
    en: 'CAP 1.2 has no element {name} here',
    th: 'CAP 1.2 ไม่มีองค์ประกอบ {name} ตรงนี้',
    clause: 'CAP 3.4',
  },
  'element-order': {
    effect: 'refuse',
    en: '{name} stands after an element that it must precede',
    th: '{name} อยู่ผิดลำดับ ต้องมาก่อนองค์ประกอบที่อยู่ข้างหน้า',
    clause: 'CAP 3.4',
  },
  'element-repeated': {
    effect: 'refuse',
    en: '{name} may stand only once here',
    th: '{name} มีได้เพียงครั้งเดียวตรงนี้',
    clause: 'CAP 3.4',
  },
  'element-missing': {
    effect: 'refuse',
    en: '{name} is missing',
    th: 'ขาดองค์ประกอบ {name}',
    clause: 'CAP 3.2',
  },
  'attribute-unknown': {
    effect: 'refuse',
    en: 'CAP 1.2 has no attribute {name}',
    th: 'CAP 1.2 ไม่มีแอตทริบิวต์ {name}',
    clause: 'CAP 3.4',
  },
  'stray-text': {
    effect: 'refuse',
    en: 'text stands between elements',
    th: 'มีข้อความแทรกอยู่ระหว่างองค์ประกอบ',
    clause: 'CAP 3.4',
  },
  'value-unlisted': {
    effect: 'refuse',
    en: '"{value}" is none of the values that CAP lists for {name}',
    th: '"{value}" ไม่ใช่ค่าที่ CAP กำหนดไว้สำหรับ {name}',
    clause: 'CAP 3.2',
  },
  'value-form': {
    effect: 'refuse',
    en: '"{value}" is not written as {name} must be',
    th: '"{value}" เขียนไม่ถูกรูปแบบของ {name}',
    clause: 'CAP 3.4',
  },
  name: {
    effect: 'refuse',
    en: '"{value}" cannot be {name}: no blanks, commas, < or &, and not empty',
    th: '"{value}" ใช้เป็น {name} ไม่ได้: ห้ามว่าง ห้ามมีช่องว่าง จุลภาค < หรือ &',
    clause: 'CAP 3.2.1',
  },
  time: {
    effect: 'refuse',
    en: '"{value}" is not a time of CAP; it would be 2026-11-26T14:30:00+07:00',
    th: '"{value}" ไม่ใช่เวลาตามแบบ CAP ที่ถูกคือ 2026-11-26T14:30:00+07:00',
    clause: 'CAP 3.3.2',
  },
  // ---- the rules of an alert
  references: {
    effect: 'refuse',
    en: '"{value}" is no reference; it would be sender,identifier,sent',
    th: '"{value}" ไม่ใช่การอ้างอิง ที่ถูกคือ sender,identifier,sent',
    clause: 'CAP 3.2.1',
  },
  'references-missing': {
    effect: 'refuse',
    en: 'an {type} names the messages that it is about, and this one names none',
    th: 'ข้อความชนิด {type} ต้องอ้างถึงข้อความเดิม แต่ข้อความนี้ไม่ได้อ้างถึง',
    clause: 'CAP 3.2.1',
  },
  'reference-to-itself': {
    effect: 'refuse',
    en: 'the message refers to itself',
    th: 'ข้อความอ้างถึงตัวเอง',
    clause: 'CAP 3.2.1',
  },
  'reference-later': {
    effect: 'refuse',
    en: 'the message refers to one that was sent after it',
    th: 'ข้อความอ้างถึงข้อความที่ส่งทีหลัง',
    clause: 'CAP 3.2.1',
  },
  'restriction-missing': {
    effect: 'refuse',
    en: 'a restricted alert says to whom it is restricted',
    th: 'ประกาศเตือนแบบ Restricted ต้องระบุ restriction',
    clause: 'CAP 3.2.1',
  },
  'addresses-missing': {
    effect: 'refuse',
    en: 'a private alert says to whom it is addressed',
    th: 'ประกาศเตือนแบบ Private ต้องระบุ addresses',
    clause: 'CAP 3.2.1',
  },
  'categories-differ': {
    effect: 'refuse',
    en: 'the infos of one alert have different categories',
    th: 'info ในประกาศเตือนเดียวกันมี category ต่างกัน',
    clause: 'CAP 3.2.2',
  },
  'event-codes-differ': {
    effect: 'refuse',
    en: 'the infos of one alert have different event codes',
    th: 'info ในประกาศเตือนเดียวกันมี eventCode ต่างกัน',
    clause: 'CAP 3.2.2',
  },
  polygon: {
    effect: 'refuse',
    en: 'not a polygon: {why}',
    th: 'รูปหลายเหลี่ยมไม่ถูกต้อง: {why}',
    clause: 'CAP 3.2.4',
  },
  circle: {
    effect: 'refuse',
    en: 'not a circle: {why}',
    th: 'วงกลมไม่ถูกต้อง: {why}',
    clause: 'CAP 3.2.4',
  },
  altitude: {
    effect: 'refuse',
    en: 'a ceiling needs an altitude, and is not below it',
    th: 'ceiling ต้องมาพร้อม altitude และต้องไม่ต่ำกว่า',
    clause: 'CAP 3.2.4',
  },
  'deref-uri': {
    effect: 'refuse',
    en: 'the file inside is not Base64',
    th: 'ไฟล์ที่แนบไว้ข้างในไม่ใช่ Base64',
    clause: 'CAP 3.2.3',
  },
} as const satisfies Record<string, ReasonText>;
