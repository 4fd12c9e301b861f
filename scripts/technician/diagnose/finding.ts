import type { Words } from '../../cli/words.ts';

/** `ok` and `warn` let the hall work; `fail` does not; `not-known` = nobody could tell; `skipped` = was not tried. */
const RESULTS = ['ok', 'warn', 'fail', 'not-known', 'skipped'] as const;
export type Result = (typeof RESULTS)[number];

/** What was looked at, in the order in which a technician walks: `[what it is, what is done]`. */
export const STEPS = {
  agent: step(
    'the agent',
    'โปรแกรมหอกระจายข่าว',
    'asked the program that runs on this box',
    'ถามโปรแกรมในกล่อง',
  ),
  warnings: step(
    'warnings of the agent',
    'คำเตือนจากโปรแกรม',
    'read what the agent warns of',
    'อ่านคำเตือนที่ค้างอยู่',
  ),
  programme: step('programme', 'ผังรายการ', 'asked what will be heard next', 'ถามว่ารายการถัดไปคืออะไร'),
  media: step(
    'files of the next seven days',
    'ไฟล์ของเจ็ดวันข้างหน้า',
    'counted what is here and what is missing',
    'นับไฟล์ที่มีและที่ขาด',
  ),
  power: step('power', 'ไฟเลี้ยง', 'read the under-voltage bits and alarm', 'อ่านค่าไฟตก'),
  boots: step('last start', 'การเปิดเครื่องครั้งล่าสุด', 'read how the last run ended', 'ดูว่าครั้งก่อนปิดเครื่องอย่างไร'),
  temperature: step(
    'temperature',
    'อุณหภูมิ',
    'read the temperature of the processor, and whether it is slowed down',
    'อ่านอุณหภูมิและการลดความเร็วของหน่วยประมวลผล',
  ),
  load: step(
    'processor and memory',
    'หน่วยประมวลผลและหน่วยความจำ',
    'read load, memory and open files',
    'อ่านโหลด หน่วยความจำ และไฟล์ที่เปิด',
  ),
  clock: step('clock', 'นาฬิกา', 'asked how far the time is trusted', 'ตรวจว่าเวลาเชื่อถือได้แค่ไหน'),
  'disk-room': step('room on the card', 'พื้นที่ในการ์ด', 'measured the free room', 'วัดพื้นที่ว่าง'),
  'disk-write': step(
    'writing to the card',
    'การเขียนการ์ด',
    'wrote a file, forced it down, read it back',
    'เขียนไฟล์แล้วอ่านกลับ',
  ),
  'disk-owner': step(
    'owner of the files',
    'เจ้าของไฟล์ของหอ',
    'looked whose the files of the hall are, and who may read them',
    'ดูว่าไฟล์ของหอเป็นของใครและใครอ่านได้',
  ),
  'disk-errors': step(
    'errors of the card',
    'ข้อผิดพลาดของการ์ด',
    'read the error counters of the file system',
    'อ่านตัวนับข้อผิดพลาดของระบบไฟล์',
  ),
  'disk-age': step(
    'age of the card',
    'อายุของการ์ด',
    'read what the card tells of its wear',
    'อ่านการสึกหรอที่การ์ดบอก',
  ),
  name: step(
    'name of the broker',
    'ชื่อของเซิร์ฟเวอร์',
    'asked the name service for its address',
    'ถามที่อยู่จาก DNS',
  ),
  route: step('way out', 'เส้นทางออกเครือข่าย', 'asked which network leads there', 'ดูว่าออกทางเครือข่ายใด'),
  signal: step(
    'signal of the modem or Wi-Fi',
    'สัญญาณโมเด็มหรือไวไฟ',
    'read the strength of the signal',
    'อ่านความแรงสัญญาณ',
  ),
  port: step('port of the broker', 'พอร์ตของเซิร์ฟเวอร์', 'opened a TCP connection', 'เปิดการเชื่อมต่อ TCP'),
  tls: step('certificate', 'ใบรับรอง', 'shook hands over TLS and checked the certificate', 'ตรวจใบรับรอง TLS'),
  logon: step(
    'log-on',
    'การเข้าสู่ระบบ',
    'logged on with the name and password of this hall',
    'เข้าสู่ระบบด้วยชื่อและรหัสของหอนี้',
  ),
  subscribe: step(
    'subscriptions',
    'การรับข้อความ',
    'subscribed to what this hall listens to',
    'ขอรับข้อความของหอนี้',
  ),
  'round-trip': step(
    'the server answers',
    'เซิร์ฟเวอร์ตอบ',
    'asked the server for the time',
    'ถามเวลาจากเซิร์ฟเวอร์',
  ),
  files: step('sound files', 'การดึงไฟล์เสียง', 'asked the media server', 'ถามเซิร์ฟเวอร์ไฟล์'),
  portal: step(
    'log-on page of the network',
    'หน้าลงชื่อของเครือข่าย',
    'asked whether the network wants a log-on first',
    'ดูว่าเครือข่ายต้องลงชื่อเข้าใช้ก่อนหรือไม่',
  ),
  reports: step('reports', 'รายงาน', 'counted what waits for the server', 'นับรายงานที่รอส่ง'),
  'sound-card': step('sound card', 'การ์ดเสียง', 'opened the sound device', 'เปิดการ์ดเสียง'),
  'sound-quiet': step('sound, quiet', 'เสียงเบา', 'played a chime at 1 %', 'เล่นเสียงที่ 1 %'),
  'sound-full': step('sound, full', 'เสียงเต็ม', 'played a chime at full level', 'เล่นเสียงเต็มระดับ'),
  amplifier: step(
    'amplifier',
    'เครื่องขยายเสียง',
    'switched it on for three seconds',
    'เปิดเครื่องขยายเสียงสามวินาที',
  ),
  inputs: step('receiver and microphone', 'วิทยุและไมโครโฟน', 'listened to the inputs', 'ฟังช่องรับเสียง'),
  sign: step('sign', 'ป้าย', 'showed a page of Thai letters', 'แสดงข้อความทดสอบบนป้าย'),
  'sign-lamps': step('lamps of the sign', 'ดวงไฟของป้าย', 'showed colours and lines', 'แสดงสีและเส้นทดสอบ'),
} as const satisfies Record<string, { title: Words; did: Words }>;
export type StepId = keyof typeof STEPS;

function step(en: string, th: string, didEn: string, didTh: string): { title: Words; did: Words } {
  return { title: { en, th }, did: { en: didEn, th: didTh } };
}

export interface Finding {
  step: StepId;
  result: Result;
  /** What was measured: `3.2 GB free`, `eth0 192.168.1.50`. */
  figure?: Words;
  cause?: Words;
  /** What to do now. */
  remedy?: Words;
}

/** Details in one language are the same in the other: figures, names, what a program said. */
export function plain(text: string): Words {
  return { en: text, th: text };
}

export function found(step: StepId, result: Result, more: Omit<Finding, 'step' | 'result'> = {}): Finding {
  return { step, result, ...more };
}

/** One that cannot be done because another one has to be mended first. */
export function skippedFor(step: StepId, other: StepId): Finding {
  const { en, th } = STEPS[other].title;
  return found(step, 'skipped', { cause: { en: `first: ${en}`, th: `ต้องแก้ก่อน: ${th}` } });
}

/** The worst of them; nothing at all is `not-known`. */
export function worstOf(findings: Finding[]): Result {
  const order: Result[] = ['fail', 'warn', 'not-known', 'skipped', 'ok'];
  return order.find((result) => findings.some((finding) => finding.result === result)) ?? 'not-known';
}
