import type { Output } from '../content/band.ts';
import type { TowerProof } from '../content/proof.ts';
import type { ClockTrust, Outcome, PagePart, Refusal } from '../content/report.ts';
import type { Fate } from './order-requests.ts';
import type { AnswerTo } from './requests.ts';

/** How what halls report reads to people: on the command line, in the console, on the page of the hall itself. */
interface Words {
  en: string;
  th: string;
}

export const OUTPUT_WORDS: Record<Output, Words> = {
  tower: { en: 'tower', th: 'เสียง' },
  panel: { en: 'sign', th: 'ป้าย' },
};

/** Who vouches for the clock of a hall. */
export const TRUST_WORDS: Record<ClockTrust, Words> = {
  none: {
    en: 'does not know the time; programmes do not play',
    th: 'ยังไม่ทราบเวลา ผังรายการยังไม่เล่น',
  },
  floor: {
    en: 'nobody confirmed the time; programmes do not play',
    th: 'ยังไม่มีใครยืนยันเวลา ผังรายการยังไม่เล่น',
  },
  server: { en: 'agrees with the server', th: 'เวลาตรงกับเซิร์ฟเวอร์' },
  full: { en: 'right, two sources agree', th: 'เวลาตรง ยืนยันสองแหล่ง' },
};

export const STATE_WORDS: Record<AnswerTo<'order'>['deliveries'][number]['state'], Words> = {
  waiting: { en: 'not reached yet', th: 'ยังไม่ถึง' },
  sent: { en: 'sent', th: 'ส่งแล้ว' },
  accepted: { en: 'accepted', th: 'รับคำสั่งแล้ว' },
  playing: { en: 'on air', th: 'กำลังออกอากาศ' },
  ended: { en: 'ended', th: 'จบแล้ว' },
  refused: { en: 'refused', th: 'ปฏิเสธ' },
  expired: { en: 'expired', th: 'หมดเวลา' },
};

/** What became of an order at a hall. */
export const FATE_WORDS: Record<Fate, Words> = {
  waiting: { en: 'away', th: 'ยังติดต่อไม่ได้' },
  sent: { en: 'sent', th: 'ส่งแล้ว' },
  accepted: { en: 'accepted', th: 'รับคำสั่งแล้ว' },
  playing: { en: 'on air', th: 'กำลังออกอากาศ' },
  finished: { en: 'done', th: 'สำเร็จ' },
  failed: { en: 'not done', th: 'ไม่สำเร็จ' },
  refused: { en: 'refused', th: 'ปฏิเสธ' },
  expired: { en: 'away until it expired', th: 'ติดต่อไม่ได้จนหมดเวลา' },
  silent: { en: 'silent', th: 'ไม่ตอบ' },
};

export const OUTCOME_WORDS: Record<Outcome, Words> = {
  finished: { en: 'finished', th: 'จบครบ' },
  interrupted: { en: 'interrupted', th: 'ถูกตัดกลางคัน' },
  expired: { en: 'too late', th: 'เลยเวลา' },
  rejected: { en: 'could not', th: 'ทำไม่ได้' },
  cancelled: { en: 'cancelled', th: 'ถูกยกเลิก' },
};

/** Reasons that every operator meets; the others are shown as their code. */
export const REASON_WORDS: Record<string, Words> = {
  stopped: { en: 'stopped', th: 'มีคำสั่งหยุด' },
  'pre-empted': { en: 'something more urgent came', th: 'มีเรื่องด่วนกว่า' },
  'power-lost': { en: 'the power went', th: 'ไฟดับ' },
  late: { en: 'it came too late', th: 'มาถึงช้าเกินไป' },
  'media-missing': { en: 'the sound could not be fetched', th: 'ดึงไฟล์เสียงไม่ได้' },
  'no-sound-device': { en: 'no sound card', th: 'ไม่มีการ์ดเสียง' },
  'amplifier-failed': { en: 'the amplifier did not answer', th: 'เครื่องขยายเสียงไม่ตอบ' },
  'amplifier-rest': { en: 'the amplifier has to rest', th: 'ต้องพักเครื่องขยายเสียง' },
  'amplifier-limit': { en: 'too long for the amplifier', th: 'ยาวเกินกำหนดของเครื่องขยายเสียง' },
  'no-tower': { en: 'this hall has no tower', th: 'หอนี้ไม่มีเครื่องเสียง' },
  'no-panel': { en: 'this hall has no sign', th: 'หอนี้ไม่มีป้าย' },
  'panel-gone': { en: 'the line to the sign is gone', th: 'สายไปป้ายขาด' },
  'panel-silent': { en: 'the sign did not answer', th: 'ป้ายไม่ตอบ' },
  'panel-refused': { en: 'the sign refused the page', th: 'ป้ายไม่รับภาพ' },
  'panel-cannot': { en: 'the sign has nothing to do that with', th: 'ป้ายไม่มีความสามารถนี้' },
  'panel-version': { en: 'the sign speaks another version', th: 'ป้ายใช้โปรโตคอลคนละรุ่น' },
  'painter-failed': { en: 'the text could not be drawn', th: 'วาดข้อความไม่ได้' },
  'picture-undecodable': { en: 'the picture cannot be opened', th: 'เปิดภาพไม่ได้' },
  'qr-unfit': { en: 'the sign is too small for the QR code', th: 'ป้ายเล็กเกินไปสำหรับคิวอาร์โค้ด' },
  'line-gone': { en: 'the line to the board cannot be opened', th: 'เปิดสายไปบอร์ดไม่ได้' },
  'line-stuck': { en: 'the line to the board is stuck', th: 'สายไปบอร์ดไม่รับข้อมูล' },
  'quiet-hours': { en: 'it is the quiet time of this hall', th: 'อยู่ในเวลางดใช้เสียงของหอนี้' },
  'minutes-used': { en: 'it has sounded as long as it may today', th: 'ใช้เสียงครบเวลาของวันนี้แล้ว' },
  'media-unreachable': { en: 'the server of files cannot be reached', th: 'ติดต่อเซิร์ฟเวอร์ไฟล์ไม่ได้' },
  'media-refused': { en: 'the server of files refused the file', th: 'เซิร์ฟเวอร์ไม่ให้ไฟล์' },
  'media-corrupt': { en: 'the file is not the one that was announced', th: 'ไฟล์ไม่ตรงกับที่ประกาศไว้' },
  'media-undecodable': { en: 'the file is not sound that can be played', th: 'ไฟล์นี้ไม่ใช่เสียงที่เปิดได้' },
  'decoder-hung': { en: 'the sound could not be decoded in time', th: 'ถอดรหัสเสียงไม่ทันเวลา' },
  'player-hung': { en: 'the sound card took no sound in time', th: 'การ์ดเสียงไม่รับเสียงทันเวลา' },
  'player-failed': { en: 'the sound card failed', th: 'การ์ดเสียงขัดข้อง' },
  'recorder-hung': { en: 'the input gave no sound in time', th: 'ช่องรับเสียงไม่ให้เสียงทันเวลา' },
  'recorder-failed': { en: 'the input failed', th: 'ช่องรับเสียงขัดข้อง' },
  'input-stuck': { en: 'it was on for longer than it may be', th: 'เปิดค้างเกินเวลาที่กำหนด' },
  'contact-failed': { en: 'its contact cannot be read', th: 'อ่านหน้าสัมผัสไม่ได้' },
  'store-full': { en: 'the card of the box is full', th: 'การ์ดของกล่องเต็ม' },
  'store-failed': { en: 'the box could not write it down', th: 'กล่องบันทึกไม่ได้' },
  'queue-full': { en: 'too much waits in the hall', th: 'คิวของหอเต็ม' },
  'not-understood': { en: 'the hall does not understand it', th: 'หอไม่เข้าใจคำสั่ง' },
  'performer-hung': { en: 'the hardware hung', th: 'อุปกรณ์ค้าง' },
  overrun: { en: 'it took longer than it may', th: 'ใช้เวลาเกินกำหนด' },
  expired: { en: 'its time was over', th: 'หมดเวลาแล้ว' },
  withdrawn: { en: 'its programme has it no longer', th: 'ผังรายการไม่มีรายการนี้แล้ว' },
  closed: { en: 'the program of the hall was ended', th: 'โปรแกรมหอถูกปิด' },
  internal: { en: 'a fault in the program of the hall', th: 'โปรแกรมหอผิดพลาด' },
};

/** What is known of whether a play on the tower was heard. */
export const PROOF_WORDS: Record<TowerProof, Words> = {
  heard: { en: 'heard by its microphone', th: 'ไมโครโฟนได้ยินเสียง' },
  powered: { en: 'the amplifier was on', th: 'เครื่องขยายเสียงทำงาน' },
  sent: { en: 'not known whether it was heard', th: 'ไม่ทราบว่าเสียงดังจริงหรือไม่' },
  'not-heard': { en: 'NOBODY HEARD IT', th: 'ไม่มีใครได้ยิน' },
};

/** What of a page was not to be seen, though its words were. */
export const LEFT_OUT_WORDS: Record<PagePart, Words> = {
  picture: { en: 'without its picture', th: 'ไม่มีภาพ' },
  qr: { en: 'without its QR code', th: 'ไม่มีคิวอาร์โค้ด' },
};

export const REFUSAL_WORDS: Record<Refusal, Words> = {
  malformed: { en: 'malformed', th: 'รูปแบบไม่ถูกต้อง' },
  'too-large': { en: 'too large', th: 'ใหญ่เกินไป' },
  'not-understood': { en: 'the hall does not understand it', th: 'หอไม่เข้าใจคำสั่ง' },
  retained: { en: 'it was a retained message', th: 'เป็นข้อความค้างในโบรกเกอร์' },
  'for-another': { en: 'it is for another hall', th: 'เป็นคำสั่งของหออื่น' },
  'unknown-key': { en: 'signed with an unknown key', th: 'ลงนามด้วยกุญแจที่ไม่รู้จัก' },
  'bad-signature': { en: 'the signature is wrong', th: 'ลายเซ็นไม่ถูกต้อง' },
  'key-not-valid-then': { en: 'the key was not valid then', th: 'กุญแจไม่มีผลในเวลานั้น' },
  'wrong-use': { en: 'the key is not for this', th: 'กุญแจนี้ใช้กับคำสั่งนี้ไม่ได้' },
  'band-too-high': { en: 'the key may not be so urgent', th: 'กุญแจนี้ใช้ระดับความสำคัญนี้ไม่ได้' },
  'outside-area': { en: 'outside the area of the key', th: 'อยู่นอกเขตของกุญแจ' },
  expired: { en: 'it came after its time', th: 'มาถึงหลังหมดอายุ' },
  'too-early': { en: 'the clock of the hall says it is not time yet', th: 'นาฬิกาของหอยังไม่ถึงเวลา' },
  'too-long-lived': { en: 'it would live too long', th: 'กำหนดอายุไว้นานเกินไป' },
  'clock-unknown': { en: 'the hall does not know the time yet', th: 'หอยังไม่ทราบเวลา' },
  seen: { en: 'the hall had it already', th: 'หอได้รับไปแล้ว' },
  older: { en: 'older than what the hall has', th: 'เก่ากว่าที่หอมีอยู่' },
  'too-few-signatures': { en: 'too few signatures', th: 'ผู้ลงนามไม่ครบ' },
  'queue-full': { en: 'too much waits in the hall', th: 'คิวของหอเต็ม' },
};
