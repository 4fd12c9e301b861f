import { roomWords } from '../words/language.ts';

export const WALL_WORDS = roomWords(
  'wall',
  {
    title: 'จอห้องปฏิบัติการ',
    of: 'จาก {{count}} แห่ง',
    live: 'กำลังเตือนภัย',
    calm: 'ไม่มีการเตือนภัย',
    worst: 'พื้นที่ที่ต้องดูแล',
    fine: 'ทุกพื้นที่ปกติ',
    empty: 'ยังไม่มีหอกระจายข่าวในพื้นที่ของท่าน',
    waiting: 'รออนุมัติ {{count}} เรื่อง',
    agency: 'ประกาศเตือนจากหน่วยงานรอตัดสิน {{count}} เรื่อง',
    leave: 'กลับ',
    full: 'เต็มจอ',
    stale: 'ขาดการเชื่อมต่อ ข้อมูลนี้เป็นของ {{ago}}',
  },
  {
    title: 'Duty room',
    of: 'of {{count}} halls',
    live: 'Warning now',
    calm: 'No warning is in force',
    worst: 'Areas to look after',
    fine: 'All areas are well',
    empty: 'There are no halls in your areas yet',
    waiting: '{{count}} wait for approval',
    agency: '{{count}} warnings of agencies to decide',
    leave: 'Back',
    full: 'Full screen',
    stale: 'No connection: this is from {{ago}}',
  },
);
