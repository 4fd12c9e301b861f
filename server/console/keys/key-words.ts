import { roomWords } from '../words/language.ts';

export const KEY_WORDS = roomWords(
  'keys',
  {
    heading: 'กุญแจลงนาม',
    intro: 'หอกระจายข่าวเชื่อเฉพาะคำสั่งที่ลงนามด้วยกุญแจเหล่านี้ การเปลี่ยนหรือเพิกถอนทำที่เครื่องเซิร์ฟเวอร์ด้วยคำสั่ง prakat keys',
    version: 'ชุดกุญแจฉบับที่ {{version}}',
    key: 'กุญแจ',
    area: 'พื้นที่',
    kinds: 'ใช้ลงนาม',
    bands: 'ระดับความสำคัญสูงสุด',
    valid: 'ใช้ได้ถึง',
    halls: 'หอที่ถือชุดกุญแจ',
    holds: 'ฉบับที่ {{version}}: {{count}} แห่ง',
    unknown: 'ยังไม่บอก: {{count}} แห่ง',
  },
  {
    heading: 'Signing keys',
    intro:
      'Halls believe orders that are signed with these keys and no others. Keys are rotated and revoked at the server itself, with prakat keys.',
    version: 'Key set, version {{version}}',
    key: 'Key',
    area: 'Area',
    kinds: 'Signs',
    bands: 'Highest band',
    valid: 'Valid until',
    halls: 'Halls by the set that they hold',
    holds: 'version {{version}}: {{count}} halls',
    holds_one: 'version {{version}}: {{count}} hall',
    unknown: 'not told: {{count}} halls',
    unknown_one: 'not told: {{count}} hall',
  },
);
