import { DEVICE_ERRORS, type DeviceErrorCode, isDeviceError } from '../../device/errors.ts';
import { Failed } from '../cli.ts';

/** The agent logs in English for technicians' tools; at the command line a person reads it. */
const THAI: Record<DeviceErrorCode, string> = {
  'config-invalid': 'ใช้ไฟล์ตั้งค่าไม่ได้',
  'folder-held': 'มีโปรแกรมหอกระจายข่าวทำงานกับโฟลเดอร์ข้อมูลนี้อยู่แล้ว',
  'folder-of-another': 'โฟลเดอร์ข้อมูลเป็นของผู้ใช้อื่น',
  'bus-refused': 'โบรกเกอร์ไม่ให้เข้าสู่ระบบ',
  'bus-unreachable': 'ติดต่อโบรกเกอร์ไม่ได้',
  'bus-lost': 'การเชื่อมต่อขาดก่อนได้คำตอบจากโบรกเกอร์',
  'store-full': 'พื้นที่เก็บข้อมูลเต็ม',
  'store-failed': 'บันทึกข้อมูลไม่ได้',
  'media-unreachable': 'ติดต่อเซิร์ฟเวอร์ไฟล์เสียงไม่ได้',
  'media-refused': 'เซิร์ฟเวอร์ไม่ให้ไฟล์เสียง',
  'media-corrupt': 'ไฟล์ไม่ตรงกับที่คำสั่งระบุ',
  'media-undecodable': 'ไฟล์นี้ไม่ใช่เสียงที่เปิดได้',
  'decoder-hung': 'ถอดรหัสเสียงไม่ทันเวลา',
  'stick-unreadable': 'อ่านสิ่งที่อยู่ในแฟลชไดรฟ์ไม่ได้',
  'no-sound-device': 'ไม่มีการ์ดเสียง',
  'player-hung': 'การ์ดเสียงไม่รับเสียงทันเวลา',
  'player-failed': 'การ์ดเสียงขัดข้อง',
  'recorder-hung': 'ช่องสัญญาณเข้าไม่ให้เสียงทันเวลา',
  'recorder-failed': 'ช่องสัญญาณเข้าขัดข้อง',
  'input-stuck': 'ช่องสัญญาณเข้าเปิดค้างเกินเวลาที่กำหนด',
  'contact-failed': 'อ่านหน้าสัมผัสไม่ได้',
  'amplifier-failed': 'เครื่องขยายเสียงไม่ตอบ',
  'amplifier-rest': 'ต้องพักเครื่องขยายเสียงหลังใช้งานหนักหรือเพราะร้อน',
  'quiet-hours': 'อยู่ในช่วงเวลางดใช้เสียงของหอนี้',
  'minutes-used': 'หอนี้ใช้เสียงครบจำนวนนาทีของวันนี้แล้ว',
  'amplifier-limit': 'ยาวเกินกว่าที่เครื่องขยายเสียงของหอนี้เปิดได้',
  'painter-failed': 'วาดข้อความไม่ได้',
  'picture-undecodable': 'ไฟล์นี้ไม่ใช่ภาพที่แสดงได้',
  'qr-unfit': 'ป้ายเล็กเกินไปสำหรับคิวอาร์โค้ดนี้',
  'panel-gone': 'สายไปป้ายขาด',
  'panel-silent': 'ป้ายไม่ตอบ',
  'panel-refused': 'ป้ายไม่รับภาพ',
  'panel-cannot': 'ป้ายไม่มีความสามารถนี้',
  'panel-version': 'ป้ายใช้โปรโตคอลคนละรุ่นหลัก',
  'line-gone': 'เปิดสายสื่อสารไม่ได้',
  'line-stuck': 'สายสื่อสารไม่รับข้อมูลทันเวลา',
  'update-corrupt': 'โปรแกรมรุ่นใหม่ไม่ตรงกับที่ลงนามไว้',
  'enrolment-failed': 'ลงทะเบียนกล่องไม่สำเร็จ',
};

/** What a part of the agent threw in this process, as the end of a verb; what is no DeviceError stays what it is. */
export function deviceFailure(error: unknown): unknown {
  if (!isDeviceError(error)) return error;
  const { code, context } = error;
  return new Failed(
    {
      en: DEVICE_ERRORS[code] + detailOf(context),
      th: THAI[code] + detailOf({ ...context, why: context.why_th ?? context.why }),
    },
    { code, cause: error.cause },
  );
}

/** The words for a reason that the tower gives; a reason that is no error code stays what it is. */
export function reasonWords(reason: string): { en: string; th: string } {
  const code = codeOf(reason);
  return code === undefined ? { en: reason, th: reason } : { en: DEVICE_ERRORS[code], th: THAI[code] };
}

function codeOf(text: string): DeviceErrorCode | undefined {
  return (Object.keys(THAI) as DeviceErrorCode[]).find((code) => code === text);
}

/** Of what an error knows, what a person can act on: which file, which members, what a program said last. */
function detailOf({ path, why, faults, said }: Record<string, unknown>): string {
  const last = typeof said === 'string' ? said.trim().split('\n').at(-1) : undefined;
  const parts = [path, why, last, ...(Array.isArray(faults) ? faults : [])];
  const told = parts.filter((part) => typeof part === 'string' && part !== '');
  return told.length === 0 ? '' : `: ${told.join('; ')}`;
}
