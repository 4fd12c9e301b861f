interface Words {
  en: string;
  th: string;
}

/** Why a version was given up or returned from, by the code that stands in the report: the agent's, and the launcher's. */
export const UPDATE_REASONS: Record<string, Words> = {
  'store-failed': { en: 'it could not write to the card', th: 'บันทึกลงการ์ดไม่ได้' },
  'output-failed': {
    en: 'the tower or the sign, which worked before, did not work with it',
    th: 'เสียงหรือป้ายที่เคยใช้งานได้กลับใช้ไม่ได้',
  },
  'no-link': {
    en: 'it did not reach the server, which the one before did',
    th: 'ติดต่อเซิร์ฟเวอร์ไม่ได้ทั้งที่รุ่นเดิมติดต่อได้',
  },
  late: { en: 'it did not show in its time that it works', th: 'ไม่ผ่านการทดลองภายในเวลา' },
  'starts-used-up': {
    en: 'it ended again and again before it had shown that it works',
    th: 'หยุดเองซ้ำ ๆ ก่อนผ่านการทดลอง',
  },
  'not-confirmed': {
    en: 'within an hour it neither showed that it works nor gave up',
    th: 'ครบหนึ่งชั่วโมงแล้วยังไม่ผ่านการทดลอง',
  },
  damaged: { en: 'its files on the card are not what was signed', th: 'ไฟล์ในการ์ดไม่ตรงกับที่ลงนามไว้' },
  failing: { en: 'it ended five times in a row', th: 'หยุดเองห้าครั้งติดกัน' },
  'update-corrupt': { en: 'what came is not what was signed', th: 'ไฟล์ที่ได้รับไม่ตรงกับที่ลงนามไว้' },
  'media-corrupt': { en: 'what came is not what was signed', th: 'ไฟล์ที่ได้รับไม่ตรงกับที่ลงนามไว้' },
};

/** How far a newer version is, by the word that stands in the state of the hall. */
export const UPDATE_STEPS: Record<string, Words> = {
  fetch: { en: 'is fetched', th: 'กำลังดึงไฟล์' },
  'try-out': { en: 'is here and about to be tried', th: 'พร้อมเริ่มทดลอง' },
  restart: { en: 'begins with the next restart', th: 'กำลังเปิดโปรแกรมใหม่เพื่อเริ่มใช้' },
  'on-air': { en: 'waits until nothing is on air', th: 'รอให้ออกอากาศจบ' },
  waiting: { en: 'waits for what is still to be heard', th: 'รอรายการที่รับไว้แล้ว' },
  'soon-due': { en: 'waits, for something is due soon', th: 'รอ เพราะใกล้ถึงเวลาของรายการ' },
  trial: { en: 'is on trial', th: 'กำลังทดลองใช้' },
  'clock-unknown': { en: 'waits for the time to be known', th: 'รอให้ทราบเวลา' },
  'not-in-share': { en: 'is for other halls first', th: 'ให้หออื่นใช้ก่อน' },
  'not-yet': { en: 'is not due yet', th: 'ยังไม่ถึงเวลาของหอนี้' },
  'too-old-for-it': { en: 'needs a newer one in between', th: 'ต้องใช้รุ่นที่ใหม่กว่านี้ก่อน' },
  'no-build': { en: 'does not exist for this kind of box', th: 'ไม่มีสำหรับกล่องชนิดนี้' },
  'failed-before': { en: 'did not work here and is tried again later', th: 'ใช้ไม่ได้ จะลองใหม่ภายหลัง' },
  'gave-up': { en: 'did not work here and is not tried again', th: 'ใช้ไม่ได้ และจะไม่ลองอีก' },
};

/** `0.9.2: starts-used-up`, the detail of the warnings 801 and 802, for people; what is none of that stays what it is. */
export function updateDetail(detail: string): Words {
  const [version, reason = ''] = detail.split(': ');
  const words = UPDATE_REASONS[reason];
  if (words === undefined) return { en: detail, th: detail };
  return { en: `${version}: ${words.en}`, th: `${version}: ${words.th}` };
}
