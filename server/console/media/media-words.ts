import { roomWords } from '../words/language.ts';

export const MEDIA_WORDS = roomWords(
  'media',
  {
    tooLarge: 'ไฟล์ {{name}} ใหญ่เกิน {{megabytes}} MB',
    sending: 'กำลังส่งไฟล์ {{percent}}%',
    preparing: 'เซิร์ฟเวอร์กำลังเตรียมไฟล์ {{percent}}%',
    cancel: 'ยกเลิก',
    progress: 'ความคืบหน้าของการส่งไฟล์',
  },
  {
    tooLarge: '{{name}} is larger than {{megabytes}} MB',
    sending: 'Sending {{percent}}%',
    preparing: 'The server prepares it {{percent}}%',
    cancel: 'Cancel',
    progress: 'Progress of the upload',
  },
);
