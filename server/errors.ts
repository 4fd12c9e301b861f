import type { Failure, Fault } from '../firmware-protocol/mqtt/answer.ts';
import { REFUSAL_WORDS } from '../firmware-protocol/mqtt/play-words.ts';
import { ALERT_ERRORS } from './errors/alert-errors.ts';
import type { ErrorText } from './errors/error-text.ts';
import { HTTP_ERRORS } from './errors/http-errors.ts';
import { PEOPLE_ERRORS } from './errors/people-errors.ts';
import { PROVINCE_ERRORS } from './errors/province-errors.ts';
import { SIGN_ERRORS } from './errors/sign-errors.ts';

/**
 * Every way the server can fail or refuse, in the words of the people who read it. `{name}` is filled from the
 * error's context. Codes are never reused.
 */
export const SERVER_ERRORS = {
  ...PEOPLE_ERRORS,
  ...ALERT_ERRORS,
  ...SIGN_ERRORS,
  ...HTTP_ERRORS,
  'config-invalid': {
    status: 500,
    en: 'the configuration cannot be used: {why}',
    th: 'ใช้ค่าที่ตั้งไว้ไม่ได้: {why_th}',
  },
  'data-invalid': {
    status: 500,
    en: 'the data folder holds something unreadable: {what}',
    th: 'อ่านข้อมูลในโฟลเดอร์เก็บข้อมูลไม่ได้: {what}',
  },
  'database-down': {
    status: 503,
    en: 'the database cannot be used now: {why}',
    th: 'ใช้ฐานข้อมูลไม่ได้ในขณะนี้: {why_th}',
  },
  'backup-invalid': {
    status: 422,
    en: 'this is not a whole backup: {why}',
    th: 'ไฟล์สำรองไม่สมบูรณ์หรือไม่ใช่ไฟล์สำรอง: {why_th}',
  },
  'backup-not-written': {
    status: 500,
    en: 'the backup cannot be written to {path}: {why}',
    th: 'เขียนไฟล์สำรองที่ {path} ไม่ได้: {why}',
  },
  'backup-media-too-large': {
    status: 413,
    en: 'sound and pictures are {bytes} bytes, and a backup carries {limit}: make it --without-media and copy data/media',
    th: 'ไฟล์เสียงและภาพรวม {bytes} ไบต์ เกินที่ไฟล์สำรองบรรจุได้ {limit} ไบต์ โปรดสำรองด้วย --without-media แล้วคัดลอก data/media แยก',
  },
  'not-empty': {
    status: 409,
    en: 'there is a server already in {where}; a backup is restored into an empty place',
    th: 'มีข้อมูลเซิร์ฟเวอร์อยู่แล้วใน {where} การกู้คืนต้องทำในที่ว่าง',
  },
  'already-running': {
    status: 500,
    en: 'another server is running on {data}; with PostgreSQL several may share the work',
    th: 'มีเซิร์ฟเวอร์อื่นใช้โฟลเดอร์ {data} อยู่แล้ว หากต้องการหลายเครื่องให้ใช้ PostgreSQL',
  },
  'not-in-charge': {
    status: 503,
    en: 'another server sends orders now',
    th: 'ขณะนี้เซิร์ฟเวอร์อื่นเป็นผู้ส่งคำสั่ง',
  },
  'broker-down': { status: 503, en: 'the broker cannot be reached', th: 'ติดต่อโบรกเกอร์ไม่ได้' },
  'media-store-down': {
    status: 503,
    en: 'the store of sound and pictures cannot be reached: {why}',
    th: 'ติดต่อที่เก็บไฟล์เสียงและภาพไม่ได้: {why}',
  },
  'port-taken': { status: 500, en: 'cannot listen on {where}', th: 'เปิดรับการเชื่อมต่อที่ {where} ไม่ได้' },
  busy: {
    status: 503,
    en: 'the server has too much to do; try again soon',
    th: 'ระบบมีงานมาก โปรดลองใหม่ในอีกสักครู่',
  },
  internal: {
    status: 500,
    en: 'something went wrong in the server; it was written to the log',
    th: 'ระบบขัดข้อง ได้บันทึกเหตุไว้แล้ว',
  },
  'too-many-silent': {
    status: 422,
    en: 'more than {limit} halls are silent; push it to the area again',
    th: 'มีหอที่เงียบเกิน {limit} หอ โปรดส่งประกาศไปยังพื้นที่อีกครั้ง',
  },
  'request-unknown': {
    status: 404,
    en: 'there is no request "{what}"; there are: {known}',
    th: 'ไม่มีคำขอ "{what}" คำขอที่มีคือ {known}',
  },
  'request-invalid': {
    status: 400,
    en: 'the request has faults; see "faults"',
    th: 'คำขอไม่ถูกต้อง ดูรายละเอียดใน "faults"',
  },
  'request-too-large': {
    status: 413,
    en: 'the request has {bytes} bytes; at most {limit} are taken',
    th: 'คำขอมีขนาด {bytes} ไบต์ รับได้ไม่เกิน {limit} ไบต์',
  },
  'answer-too-large': {
    status: 413,
    en: 'the answer would have {bytes} bytes; at most {limit} can be sent: ask for less',
    th: 'คำตอบมีขนาด {bytes} ไบต์ ส่งได้ไม่เกิน {limit} ไบต์ โปรดขอข้อมูลให้น้อยลง',
  },
  'json-broken': { status: 400, en: 'this is not JSON: {why}', th: 'ข้อมูลนี้ไม่ใช่ JSON: {why_th}' },
  'unknown-area': { status: 404, en: 'there is no area {area}', th: 'ไม่มีพื้นที่รหัส {area}' },
  ...PROVINCE_ERRORS,
  'reports-refused': {
    status: 422,
    en: 'these reports are not the word of a device that is enrolled here',
    th: 'รายงานชุดนี้ไม่ใช่ของหอที่ลงทะเบียนไว้ที่นี่',
  },
  'unknown-device': { status: 404, en: 'there is no device "{device}"', th: 'ไม่มีหอชื่อ "{device}"' },
  'unknown-order': { status: 404, en: 'there is no order {order}', th: 'ไม่มีคำสั่งหมายเลข {order}' },
  'unknown-media': { status: 404, en: 'there is no file {sha256}', th: 'ไม่มีไฟล์ {sha256}' },
  'nobody-there': {
    status: 409,
    en: 'no device is enrolled in {areas}',
    th: 'ยังไม่มีหอที่ลงทะเบียนไว้ใน {areas}',
  },
  'order-expired': {
    status: 409,
    en: 'the order would expire before it was sent',
    th: 'คำสั่งหมดอายุก่อนที่จะส่ง',
  },
  'order-id-used': {
    status: 409,
    en: 'the id {order} belongs to something else',
    th: 'รหัส {order} เป็นของรายการอื่น',
  },
  'order-id-time': {
    status: 422,
    en: 'the id {order} says that it was made at another time; set the clock of this computer',
    th: 'รหัส {order} ระบุเวลาที่ไม่ใช่ขณะนี้ โปรดตั้งนาฬิกาของเครื่องนี้ให้ตรง',
  },
  'upload-empty': { status: 422, en: 'the upload is empty', th: 'ไฟล์ที่ส่งมาว่างเปล่า' },
  'upload-missing': {
    status: 400,
    en: 'send one file as multipart/form-data',
    th: 'โปรดส่งไฟล์หนึ่งไฟล์แบบ multipart/form-data',
  },
  'upload-too-large': {
    status: 413,
    en: 'the file is larger than {limit} bytes',
    th: 'ไฟล์ใหญ่เกิน {limit} ไบต์',
  },
  'upload-too-long': {
    status: 422,
    en: 'the sound lasts {minutes} minutes; at most {limit} are taken',
    th: 'เสียงยาว {minutes} นาที รับได้ไม่เกิน {limit} นาที',
  },
  'upload-not-sound': {
    status: 422,
    en: 'the file is not sound that can be read',
    th: 'ไฟล์นี้ไม่ใช่ไฟล์เสียงที่อ่านได้',
  },
  'upload-is-video': {
    status: 422,
    en: 'this is a video; send its sound as an audio file',
    th: 'ไฟล์นี้เป็นวิดีโอ โปรดส่งเฉพาะเสียงเป็นไฟล์เสียง',
  },
  'upload-too-short': {
    status: 422,
    en: 'the sound lasts {ms} ms; at least {limit} ms are needed',
    th: 'เสียงยาว {ms} มิลลิวินาที ต้องยาวอย่างน้อย {limit} มิลลิวินาที',
  },
  'upload-silent': {
    status: 422,
    en: 'the sound is too quiet to be heard: {lufs} LUFS; at least {limit} are needed',
    th: 'เสียงเบาเกินกว่าจะได้ยิน: {lufs} LUFS ต้องดังอย่างน้อย {limit} LUFS',
  },
  'upload-not-picture': {
    status: 422,
    en: 'the file is not a PNG, JPEG or GIF that can be read whole',
    th: 'ไฟล์นี้ไม่ใช่ภาพ PNG, JPEG หรือ GIF ที่อ่านได้ครบ',
  },
  'upload-picture-too-large': {
    status: 422,
    en: 'the picture is too large; at most {megapixels} megapixels are taken, all frames together',
    th: 'ภาพใหญ่เกินไป รับได้ไม่เกิน {megapixels} ล้านพิกเซล รวมทุกเฟรม',
  },
  'upload-cut': { status: 400, en: 'the upload ended early', th: 'การส่งไฟล์ขาดกลางคัน' },
  'range-invalid': { status: 416, en: 'the file has {bytes} bytes', th: 'ไฟล์มีขนาด {bytes} ไบต์' },
  'transcoder-missing': {
    status: 500,
    en: 'ffmpeg is not installed on the server',
    th: 'เซิร์ฟเวอร์ยังไม่ได้ติดตั้ง ffmpeg',
  },
  'transcoder-failed': {
    status: 500,
    en: 'the sound could not be prepared: {why}',
    th: 'เตรียมไฟล์เสียงไม่สำเร็จ: {why}',
  },
  'transcoder-hung': {
    status: 504,
    en: 'preparing the sound took too long',
    th: 'เตรียมไฟล์เสียงนานเกินกำหนด',
  },
  'picture-failed': {
    status: 500,
    en: 'the picture could not be prepared: {why}',
    th: 'เตรียมภาพไม่สำเร็จ: {why}',
  },
  'picture-hung': { status: 504, en: 'preparing the picture took too long', th: 'เตรียมภาพนานเกินกำหนด' },
  'speech-none': {
    status: 501,
    en: 'this server has no voice: set up `speech` in its configuration, or upload sound',
    th: 'เซิร์ฟเวอร์นี้ยังไม่มีเสียงพูด ให้ตั้งค่า `speech` หรือส่งไฟล์เสียงแทน',
  },
  'speech-nothing': {
    status: 422,
    en: 'there is not a word to be said in "{text}"',
    th: 'ใน "{text}" ไม่มีคำที่อ่านออกเสียงได้',
  },
  'speech-cannot': {
    status: 422,
    en: 'there is no recording for: {missing}',
    th: 'ยังไม่มีเสียงบันทึกสำหรับคำว่า: {missing}',
  },
  'speech-failed': {
    status: 502,
    en: 'the voice {voice} failed: {why}',
    th: 'เสียงพูด {voice} ขัดข้อง: {why}',
  },
  'speech-unfit': {
    status: 502,
    en: 'what the voice {voice} made cannot be used: {why}',
    th: 'เสียงที่ได้จากเสียงพูด {voice} ใช้ไม่ได้: {why_th}',
  },
  'disk-full': { status: 507, en: 'the disk of the server is full', th: 'พื้นที่เก็บข้อมูลของเซิร์ฟเวอร์เต็ม' },
} as const satisfies Record<string, ErrorText>;
export type ServerErrorCode = keyof typeof SERVER_ERRORS;

export interface ServerErrorDetails {
  /** Fills the templates; also goes to the log. */
  context?: Record<string, string | number>;
  /** Where in the input the fault lies. */
  faults?: Fault[];
  cause?: unknown;
}

/** The one error class of the server. Its message is the English text; `failure()` is what goes over a wire. */
export class ServerError extends Error {
  readonly code: ServerErrorCode;
  readonly context: Record<string, string | number>;
  readonly faults: Fault[];

  constructor(code: ServerErrorCode, { context = {}, faults = [], cause }: ServerErrorDetails = {}) {
    super(`${code}: ${filled(SERVER_ERRORS[code].en, context)}`, { cause });
    this.name = 'ServerError';
    this.code = code;
    this.context = context;
    this.faults = faults;
  }

  get status(): number {
    return SERVER_ERRORS[this.code].status;
  }

  failure(): Failure {
    const { en, th } = SERVER_ERRORS[this.code];
    return {
      code: this.code,
      en: filled(en, this.context),
      th: filled(th, { why_th: thaiReason(this.context.why), ...this.context }),
      faults: this.faults,
    };
  }
}

export function isServerError(error: unknown, code?: ServerErrorCode): error is ServerError {
  return error instanceof ServerError && (code === undefined || error.code === code);
}

/** Why a key may not sign is one of the codes with which halls refuse; any other reason stays as it was said. */
function thaiReason(why: string | number = ''): string {
  const words: Readonly<Record<string, { th: string }>> = REFUSAL_WORDS;
  return (Object.hasOwn(words, why) ? words[why]?.th : undefined) ?? String(why);
}

function filled(template: string, context: Record<string, string | number>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => String(context[name] ?? whole));
}
