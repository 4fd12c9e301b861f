import type { WarningRow } from './warning-row.ts';

/** 3xx: files, where they come from and what they cost. */
export const MEDIA_WARNINGS = {
  'media-unreachable': {
    number: 301,
    en: {
      says: 'media could not be fetched',
      cause: 'the link is slow or down, or the file is gone from the server',
      remedy: 'check the link; without one, bring the files on a USB stick',
    },
    th: {
      says: 'ดึงไฟล์ไม่ได้',
      cause: 'สัญญาณช้าหรือขาด หรือไฟล์ไม่มีบนเซิร์ฟเวอร์',
      remedy: 'ตรวจสัญญาณ หากไม่มีสัญญาณให้นำไฟล์มาด้วยแฟลชไดรฟ์',
    },
  },
  'media-disk': {
    number: 302,
    en: {
      says: 'files cannot be kept: the card is full, read-only or failing',
      cause: 'something else fills the card, or it is worn out',
      remedy: 'what is here goes on playing; run diagnose, step disk; make room or replace the card',
    },
    th: {
      says: 'เก็บไฟล์ไม่ได้ การ์ดเต็ม อ่านได้อย่างเดียว หรือเสีย',
      cause: 'มีไฟล์อื่นใช้พื้นที่ หรือการ์ดเสื่อม',
      remedy: 'ไฟล์ที่มีอยู่ยังเล่นได้ ตรวจด้วย diagnose ขั้นตอนดิสก์ แล้วเพิ่มพื้นที่ว่างหรือเปลี่ยนการ์ด',
    },
  },
  'media-budget': {
    number: 303,
    en: {
      says: 'there is no room for the files of the next seven days',
      cause:
        'the programmes name more sound than media.bytes or the card allows; the figures are in the detail',
      remedy:
        'what comes first is kept; put in a larger card and raise media.bytes, or ask the province for fewer files',
    },
    th: {
      says: 'พื้นที่ไม่พอสำหรับไฟล์ของเจ็ดวันข้างหน้า',
      cause: 'ผังรายการใช้ไฟล์เสียงมากกว่าที่ media.bytes หรือการ์ดรับได้ ตัวเลขอยู่ในรายละเอียด',
      remedy: 'ระบบเก็บรายการที่ถึงก่อนไว้ ควรเปลี่ยนการ์ดที่ใหญ่กว่าและเพิ่ม media.bytes หรือขอให้จังหวัดลดไฟล์',
    },
  },
  'media-data': {
    number: 304,
    en: {
      says: "this month's data are used up: only what plays within a day is fetched",
      cause: 'more new sound than media.month_bytes allows',
      remedy: 'bring the files on a USB stick, or raise media.month_bytes; it ends with the month by itself',
    },
    th: {
      says: 'ใช้อินเทอร์เน็ตครบโควตาของเดือนแล้ว ดึงเฉพาะไฟล์ที่จะเล่นภายในหนึ่งวัน',
      cause: 'มีเสียงใหม่มากกว่าที่ media.month_bytes กำหนด',
      remedy: 'นำไฟล์มาด้วยแฟลชไดรฟ์ หรือเพิ่ม media.month_bytes เมื่อขึ้นเดือนใหม่จะกลับเป็นปกติเอง',
    },
  },
} as const satisfies Record<string, WarningRow>;
