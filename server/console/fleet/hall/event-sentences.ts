import type { UpdatePhase } from '../../../../firmware-protocol/content/report.ts';
import type { Language } from '../../words/language.ts';

/** Sentences about what a hall reported. Functions, for they have parts that come and go. */
export interface EventWords {
  booted: (version: string) => string;
  fell: (version: string) => string;
  accepted: (outputs: readonly string[]) => string;
  refused: (why: string, count: number) => string;
  started: (output: string, title: string) => string;
  paused: (output: string) => string;
  resumed: (output: string) => string;
  ended: (output: string, outcome: string, more: string) => string;
  programme: (area: string, version: number) => string;
  keys: (version: number) => string;
  sideloaded: (documents: number, files: number, refused: number) => string;
  update: Record<UpdatePhase, (version: string) => string>;
  quarantined: (what: string) => string;
  raised: (warning: string) => string;
  cleared: (warning: string) => string;
  dropped: (first: number, last: number) => string;
  sounded: (length: string, sink: string) => string;
  peak: (decibel: string) => string;
  current: (least: number, most: number) => string;
  likeness: (percent: number) => string;
  gaps: (count: number) => string;
  shown: (pages: number, length: string) => string;
  page: (crc: string, agrees: boolean | undefined) => string;
}

const bracketed = (more: string) => (more === '' ? '' : ` (${more})`);

const TH: EventWords = {
  booted: (version) => `เปิดเครื่อง รุ่น ${version}`,
  fell: (version) => `เปิดเครื่องหลังไฟดับหรือหยุดกะทันหัน รุ่น ${version}`,
  accepted: (outputs) => `รับคำสั่งแล้ว${outputs.length === 0 ? '' : `: ${outputs.join(' และ ')}`}`,
  refused: (why, count) => `ปฏิเสธคำสั่ง${count > 1 ? ` ${count} ครั้ง` : ''}: ${why}`,
  started: (output, title) => `เริ่ม${output}: ${title}`,
  paused: (output) => `พัก${output}ไว้ก่อน เพราะมีเรื่องสำคัญกว่า`,
  resumed: (output) => `เล่น${output}ต่อ`,
  ended: (output, outcome, more) => `${output}: ${outcome}${bracketed(more)}`,
  programme: (area, version) => `ได้รับผังรายการของพื้นที่ ${area} รุ่น ${version}`,
  keys: (version) => `ได้รับชุดกุญแจรุ่น ${version}`,
  sideloaded: (documents, files, refused) =>
    `รับจากแฟลชไดรฟ์: เอกสาร ${documents} ฉบับ ไฟล์ ${files} ไฟล์${refused > 0 ? ` ปฏิเสธ ${refused}` : ''}`,
  update: {
    staged: (version) => `ดาวน์โหลดโปรแกรมรุ่น ${version} และตรวจแล้ว`,
    activated: (version) => `จะใช้โปรแกรมรุ่น ${version} เมื่อเปิดครั้งหน้า`,
    confirmed: (version) => `โปรแกรมรุ่น ${version} ใช้ได้ดี`,
    returned: (version) => `โปรแกรมรุ่น ${version} ใช้ไม่ได้ กลับไปใช้รุ่นเดิม`,
    'given-up': (version) => `เลิกพยายามติดตั้งโปรแกรมรุ่น ${version}`,
  },
  quarantined: (what) => `แยกไฟล์เสียออก: ${what}`,
  raised: (warning) => `เตือน: ${warning}`,
  cleared: (warning) => `หายแล้ว: ${warning}`,
  dropped: (first, last) => `รายงานลำดับ ${first} ถึง ${last} สูญหายที่หอ`,
  sounded: (length, sink) => `ส่งเสียงออก ${length} นาที (${sink})`,
  peak: (decibel) => `ดังสุด ${decibel} dBFS`,
  current: (least, most) => `เครื่องขยายเสียงใช้กระแส ${least} ถึง ${most} mA`,
  likeness: (percent) => `ไมโครโฟนได้ยินตรงกัน ${percent}%`,
  gaps: (count) => `เสียงขาดช่วง ${count} ครั้ง`,
  shown: (pages, length) => `ขึ้นป้าย ${pages} หน้า นาน ${length} นาที`,
  page: (crc, agrees) =>
    `ภาพ ${crc}${agrees === undefined ? ' ป้ายอ่านกลับไม่ได้' : agrees ? ' บอร์ดยืนยันตรงกัน' : ' บอร์ดแสดงไม่ตรง'}`,
};

const EN: EventWords = {
  booted: (version) => `Started, version ${version}`,
  fell: (version) => `Started after a power cut or a sudden stop, version ${version}`,
  accepted: (outputs) => `Took an order${outputs.length === 0 ? '' : `: ${outputs.join(' and ')}`}`,
  refused: (why, count) => `Refused an order${count > 1 ? ` ${count} times` : ''}: ${why}`,
  started: (output, title) => `Began, ${output}: ${title}`,
  paused: (output) => `Paused, ${output}: something more important came`,
  resumed: (output) => `Went on, ${output}`,
  ended: (output, outcome, more) => `${output}: ${outcome}${bracketed(more)}`,
  programme: (area, version) => `Has the programme of ${area}, version ${version}`,
  keys: (version) => `Has the key set, version ${version}`,
  sideloaded: (documents, files, refused) =>
    `From a stick: ${documents} documents, ${files} files${refused > 0 ? `, refused ${refused}` : ''}`,
  update: {
    staged: (version) => `Version ${version} is fetched and checked`,
    activated: (version) => `Version ${version} runs from the next start`,
    confirmed: (version) => `Version ${version} works`,
    returned: (version) => `Version ${version} did not work; the one before runs`,
    'given-up': (version) => `Version ${version} was given up`,
  },
  quarantined: (what) => `Put a damaged file aside: ${what}`,
  raised: (warning) => `Warning: ${warning}`,
  cleared: (warning) => `Over: ${warning}`,
  dropped: (first, last) => `Reports ${first} to ${last} were lost at the hall`,
  sounded: (length, sink) => `Sounded for ${length} (${sink})`,
  peak: (decibel) => `Peak ${decibel} dBFS`,
  current: (least, most) => `The amplifier drew ${least} to ${most} mA`,
  likeness: (percent) => `The microphone heard it ${percent}% alike`,
  gaps: (count) => `Broke off ${count} times`,
  shown: (pages, length) => `${pages} pages on the sign, ${length}`,
  page: (crc, agrees) =>
    `Page ${crc}${agrees === undefined ? ', not read back' : agrees ? ', the board agrees' : ', THE BOARD SHOWS ANOTHER'}`,
};

export const EVENT_WORDS: Record<Language, EventWords> = { th: TH, en: EN };
