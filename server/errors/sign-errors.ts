import type { ErrorText } from './error-text.ts';

/** Part of SERVER_ERRORS: why there is no picture of a sign, or no preview. */
export const SIGN_ERRORS = {
  'hall-away': {
    status: 409,
    en: 'this hall is away; it was last heard at {since}',
    th: 'ขณะนี้ติดต่อหอนี้ไม่ได้ ติดต่อได้ครั้งสุดท้ายเมื่อ {since}',
  },
  'hall-unheard': {
    status: 409,
    en: 'nothing was ever heard of this hall',
    th: 'หอนี้ยังไม่เคยติดต่อเข้ามา',
  },
  'hall-silent': {
    status: 504,
    en: 'the hall did not answer within {seconds} seconds; its line may be slow or cut',
    th: 'หอไม่ตอบภายใน {seconds} วินาที สัญญาณอาจช้าหรือขาด',
  },
  'hall-without-sign': {
    status: 422,
    en: 'this hall has no sign, or one that takes no pages',
    th: 'หอนี้ไม่มีป้าย หรือมีป้ายที่รับภาพไม่ได้',
  },
  'sign-nothing-shown': {
    status: 409,
    en: 'the sign has shown nothing since the hall started',
    th: 'ป้ายยังไม่ได้แสดงอะไรตั้งแต่หอเริ่มทำงาน',
  },
  'hall-asked-lately': {
    status: 503,
    en: 'the hall was asked the same a moment ago; try again in a few seconds',
    th: 'เพิ่งมีผู้ขอภาพจากหอนี้เมื่อครู่ โปรดลองใหม่ในอีกไม่กี่วินาที',
  },
  'hall-too-old': {
    status: 501,
    en: 'the program of this hall is too old to tell its picture',
    th: 'โปรแกรมของหอนี้เก่าเกินกว่าจะส่งภาพของป้ายได้',
  },
  'hall-refused': { status: 502, en: 'the hall refused: {why}', th: 'หอไม่ส่งให้: {why_th}' },
  'hall-unreadable': {
    status: 502,
    en: 'what the hall answered cannot be read',
    th: 'อ่านคำตอบของหอไม่ได้',
  },
  'preview-failed': {
    status: 500,
    en: 'the preview could not be painted: {why}',
    th: 'สร้างภาพตัวอย่างไม่สำเร็จ: {why}',
  },
  'preview-hung': { status: 504, en: 'painting the preview took too long', th: 'สร้างภาพตัวอย่างนานเกินกำหนด' },
} as const satisfies Record<string, ErrorText>;
