import { isServerError } from '../../errors.ts';
import { type Away, codeOf, downBecause } from './away.ts';

const FAILS: Away = { en: 'its disk fails', th: 'ดิสก์ขัดข้อง' };

/** By SQLite's result codes, of which the extended ones begin with the plain ones. */
const AWAY: [RegExp, Away][] = [
  [/^SQLITE_FULL/, { en: 'its disk is full', th: 'ดิสก์เต็ม' }],
  [/^SQLITE_READONLY_DBMOVED/, { en: 'its file was moved or deleted', th: 'ไฟล์ฐานข้อมูลถูกย้ายหรือถูกลบ' }],
  [/^SQLITE_(READONLY|PERM)/, { en: 'its file can only be read', th: 'ไฟล์ฐานข้อมูลอ่านได้อย่างเดียว' }],
  [/^SQLITE_(IOERR|CANTOPEN)/, FAILS],
  [/^SQLITE_NOMEM/, { en: 'it has no memory left', th: 'หน่วยความจำหมด' }],
  [/^SQLITE_(BUSY|LOCKED)/, { en: 'another program holds it', th: 'โปรแกรมอื่นใช้ไฟล์ฐานข้อมูลอยู่' }],
  [/^SQLITE_(CORRUPT|NOTADB)/, { en: 'its file is damaged', th: 'ไฟล์ฐานข้อมูลเสียหาย' }],
];

/** Of what `asked` threw. */
export function isHeldByAnother(error: unknown): boolean {
  return isServerError(error) && /^SQLITE_BUSY/.test(codeOf(error.cause));
}

/** Does it; throws `database-down` where nothing can be asked or stored now, else what came. */
export function asked<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    const away = AWAY.find(([codes]) => codes.test(codeOf(error)))?.[1];
    throw away === undefined ? error : downBecause(away, error);
  }
}

/** The same for a file that is to be opened, of which libsql tells without a code. */
export function opened<T>(open: () => T): T {
  try {
    return asked(open);
  } catch (error) {
    if (isServerError(error)) throw error;
    throw downBecause({ en: 'its file cannot be opened', th: 'เปิดไฟล์ฐานข้อมูลไม่ได้' }, error);
  }
}
