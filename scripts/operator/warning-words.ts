import { WARNINGS, type WarningCode } from '../../device/health/warnings.ts';
import type { Words } from '../cli/words.ts';

const THAI: Record<WarningCode, string> = {
  'receipt-forged': 'ได้รับใบตอบรับที่ลายเซ็นไม่ถูกต้อง',
  'time-forged': 'ได้รับเวลาที่ลายเซ็นไม่ถูกต้อง',
  'inbox-full': 'ข้อความเข้ามาเร็วกว่าที่จัดการได้',
  'store-full': 'พื้นที่เก็บข้อมูลเต็ม บันทึกและรายงานไม่ได้',
  'store-failed': 'บันทึกข้อมูลไม่ได้',
  'clock-wrong': 'นาฬิกาของเครื่องผิดเกินหนึ่งนาที',
  'media-unreachable': 'ดึงไฟล์ไม่ได้',
  'no-sound-device': 'ไม่มีการ์ดเสียง',
  'player-failed': 'การ์ดเสียงขัดข้อง',
  'amplifier-failed': 'เครื่องขยายเสียงไม่ตอบ',
  'panel-gone': 'สายไปป้ายขาด หรือป้ายไม่ตอบ',
  'panel-version': 'ป้ายใช้โปรโตคอลคนละรุ่น',
  'panel-other': 'ขนาดป้ายไม่ตรงกับที่ตั้งค่าไว้',
  'panel-differs': 'ป้ายแสดงไม่ตรงกับที่ส่ง',
  'panel-modules': 'โมดูลของป้ายเสีย',
  'panel-hot': 'ป้ายร้อนเกินไป',
};

/** A warning of a hall as its number and what it means; a code of a newer hall stays what it is. */
export function warningWords(code: string): Words {
  const known = (Object.keys(THAI) as WarningCode[]).find((each) => each === code);
  if (known === undefined) return { en: code, th: code };
  const { number, says } = WARNINGS[known];
  return { en: `${number} ${code}: ${says}`, th: `${number} ${code}: ${THAI[known]}` };
}
