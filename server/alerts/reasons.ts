import type { ReasonText } from './reason-text.ts';
import { REFUSALS } from './refusals.ts';

/** Why an alert is judged as it is. */
export interface Reason {
  code: ReasonCode;
  /** `alert.info[1].urgency`; absent = the file or the alert as a whole. */
  place?: string;
  /** From 1. */
  line?: number;
  /** Fills `{name}` in the words. */
  says?: Record<string, string | number>;
}

/** Codes are never reused. */
export const REASONS = {
  ...REFUSALS,
  // ---- kept, and never sounds
  'status-exercise': {
    effect: 'record',
    en: 'an exercise: only for those who take part in it',
    th: 'เป็นการซ้อม เฉพาะผู้ร่วมซ้อม',
    clause: 'CAP 3.2.1',
  },
  'status-system': {
    effect: 'record',
    en: 'a message between systems',
    th: 'เป็นข้อความระหว่างระบบ',
    clause: 'CAP 3.2.1',
  },
  'status-test': { effect: 'record', en: 'a test', th: 'เป็นการทดสอบ', clause: 'CAP 3.2.1' },
  'status-draft': { effect: 'record', en: 'a draft', th: 'เป็นฉบับร่าง', clause: 'CAP 3.2.1' },
  'scope-restricted': {
    effect: 'record',
    en: 'not for the public: restricted to {to}',
    th: 'ไม่ใช่สำหรับประชาชนทั่วไป: จำกัดเฉพาะ {to}',
    clause: 'CAP 3.2.1',
  },
  'scope-private': {
    effect: 'record',
    en: 'not for the public: addressed to {to}',
    th: 'ไม่ใช่สำหรับประชาชนทั่วไป: ส่งถึง {to}',
    clause: 'CAP 3.2.1',
  },
  'wrapper-not-actual': {
    effect: 'record',
    en: 'its EDXL envelope is marked {status}',
    th: 'ซอง EDXL ที่ห่อมาระบุว่าเป็น {status}',
    clause: 'EDXL-DE 3.2.1',
  },
  ack: { effect: 'record', en: 'an acknowledgement', th: 'เป็นการตอบรับ', clause: 'CAP 3.2.1' },
  error: { effect: 'record', en: 'an error message', th: 'เป็นข้อความแจ้งข้อผิดพลาด', clause: 'CAP 3.2.1' },
  'no-info': {
    effect: 'record',
    en: 'it says nothing: there is no info',
    th: 'ไม่มีเนื้อหา (info)',
    clause: 'CAP 3.2.1',
  },
  expired: {
    effect: 'record',
    en: 'it ended at {expires}',
    th: 'สิ้นสุดแล้วเมื่อ {expires}',
    clause: 'CAP 3.2.2',
  },
  'expires-before-sent': {
    effect: 'record',
    en: 'it was over before it was sent: expires {expires}',
    th: 'หมดอายุก่อนเวลาที่ส่ง: expires {expires}',
    clause: 'CAP 3.2.2',
  },
  'effective-after-expires': {
    effect: 'record',
    en: 'it ends before it begins: effective {effective}, expires {expires}',
    th: 'สิ้นสุดก่อนเริ่ม: effective {effective} expires {expires}',
    clause: 'CAP 3.2.2',
  },
  'sent-in-future': {
    effect: 'record',
    en: 'it says that it will be sent at {sent}, which is not yet',
    th: 'ระบุเวลาส่ง {sent} ซึ่งยังมาไม่ถึง',
    clause: 'CAP 3.2.1',
  },
  // ---- good to know
  'not-yet-effective': {
    effect: 'note',
    en: 'it takes effect at {effective}',
    th: 'จะมีผลเมื่อ {effective}',
    clause: 'CAP 3.2.2',
  },
  'expires-assumed': {
    effect: 'note',
    en: 'it does not say when it ends; one hour is assumed',
    th: 'ไม่ระบุเวลาสิ้นสุด ระบบถือว่าหนึ่งชั่วโมง',
    clause: 'CAP 3.2.2',
  },
  'life-cut': {
    effect: 'note',
    en: 'it may be repeated for at most 24 hours after it was sent',
    th: 'ใช้ได้ไม่เกิน 24 ชั่วโมงนับจากเวลาที่ส่ง',
    clause: 'rule of prakat',
  },
  'no-place': {
    effect: 'note',
    en: 'no polygon, circle or geocode: a person has to choose the villages',
    th: 'ไม่มี polygon, circle หรือ geocode ต้องให้เจ้าหน้าที่เลือกหมู่บ้าน',
    clause: 'CAP 3.2.4',
  },
  'digest-differs': {
    effect: 'note',
    en: 'the file inside is not the one that its digest was made of; its sound is not used',
    th: 'ไฟล์ที่แนบไว้ข้างในไม่ตรงกับค่า digest ระบบไม่ใช้เสียงนี้',
    clause: 'CAP 3.2.3',
  },
  'schema-not-loaded': {
    effect: 'note',
    en: 'it names a schema elsewhere, which was not fetched',
    th: 'อ้างสคีมาจากที่อื่น ระบบไม่ได้ดึงมาใช้',
    clause: 'rule of prakat',
  },
} as const satisfies Record<string, ReasonText>;

export type ReasonCode = keyof typeof REASONS;

/** The reason in both languages, without its place. */
export function wordsOf({ code, says = {} }: Reason): { en: string; th: string } {
  const { en, th } = REASONS[code];
  const filled = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_whole, name: string) => String(says[name] ?? ''));
  return { en: filled(en), th: filled(th) };
}
