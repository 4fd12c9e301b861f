import { roomWords } from '../words/language.ts';

export const PROGRESS_WORDS = roomWords(
  'progress',
  {
    heard: 'ได้ยินแล้วหรือกำลังดัง',
    coming: 'กำลังส่ง',
    vain: 'ไม่สำเร็จ',
    unknown: 'ขาดการติดต่อ',
    of: '{{some}} จาก {{count}} แห่ง',
    label: 'ความคืบหน้าของแต่ละหอกระจายข่าว',
  },
  {
    heard: 'Heard, or sounding now',
    coming: 'On the way',
    vain: 'In vain',
    unknown: 'No contact',
    of: '{{some}} of {{count}} halls',
    of_one: '{{some}} of {{count}} hall',
    label: 'Progress hall by hall',
  },
);
