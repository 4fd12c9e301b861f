/** What is not known of the picture of a sign, for people; readers leave out codes that they do not know. */
export const SCREEN_DOUBTS = {
  'not-read-back': {
    en: 'this sign cannot be read back: this is what was sent to it',
    th: 'ป้ายนี้อ่านภาพกลับไม่ได้ ภาพนี้คือภาพที่ส่งไป',
  },
  away: {
    en: 'the sign does not answer now: it may be dark, or show its page for silence',
    th: 'ขณะนี้ป้ายไม่ตอบ ป้ายอาจดับ หรือแสดงหน้าสำรองของบอร์ด',
  },
  refused: {
    en: 'the sign did not take the page after this one: what it shows now is not known',
    th: 'ป้ายไม่รับหน้าถัดจากนี้ จึงไม่ทราบว่าขณะนี้ป้ายแสดงอะไร',
  },
  moment: {
    en: 'where the running text stands is reckoned by the clock, not read back',
    th: 'ตำแหน่งของข้อความวิ่งคำนวณจากเวลา ไม่ได้อ่านกลับจากป้าย',
  },
  time: {
    en: 'the hall does not know the time for sure: its instants may be wrong',
    th: 'หอยังไม่ทราบเวลาที่แน่นอน เวลาที่แสดงอาจคลาดเคลื่อน',
  },
  strip: {
    en: 'the strip of the running text is too large to be sent',
    th: 'แถบข้อความวิ่งใหญ่เกินกว่าจะส่งมาได้',
  },
} as const satisfies Record<string, { en: string; th: string }>;
export type ScreenDoubt = keyof typeof SCREEN_DOUBTS;
