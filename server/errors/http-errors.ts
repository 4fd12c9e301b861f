import type { ErrorText } from './error-text.ts';

/** What is wrong with what came over HTTP before anybody asks what it wants. */
export const HTTP_ERRORS = {
  'http-broken': {
    status: 400,
    en: 'what came is no HTTP request; is https asked of an address that speaks http?',
    th: 'ข้อมูลที่ส่งมาไม่ใช่คำขอ HTTP ตรวจว่าใช้ https กับที่อยู่ที่รับเฉพาะ http หรือไม่',
  },
  'http-head-too-large': {
    status: 431,
    en: 'the head of the request is larger than is taken',
    th: 'ส่วนหัวของคำขอใหญ่เกินกำหนด',
  },
  'http-too-slow': {
    status: 408,
    en: 'the request did not come to its end in time',
    th: 'คำขอมาไม่ครบภายในเวลาที่กำหนด',
  },
  'address-broken': {
    status: 400,
    en: 'the address is written wrongly: behind each % two digits of 0-9 and A-F are needed, which make UTF-8',
    th: 'ที่อยู่เขียนไม่ถูกต้อง หลัง % ต้องเป็น 0-9 หรือ A-F สองตัว และรวมกันเป็น UTF-8',
  },
  'cross-site': {
    status: 403,
    en: 'this was asked by the page of another site',
    th: 'คำขอนี้มาจากหน้าเว็บของเว็บไซต์อื่น',
  },
  'unknown-page': { status: 404, en: 'there is nothing here', th: 'ไม่พบหน้าที่ขอ' },
} as const satisfies Record<string, ErrorText>;
