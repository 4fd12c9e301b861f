import { type Away, codeOf, downBecause } from './away.ts';

/** What may be tried again from the start, because another transaction was in the way: serialisation failure, deadlock. */
export function isCollision(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}

/** The row is there: it was before, or another transaction brought it just now. */
export function isTaken(error: unknown): boolean {
  return codeOf(error) === '23505';
}

const UNREACHED: Away = { en: 'it is not reached', th: 'เชื่อมต่อไม่ได้' };

/** SQLSTATE: no class begins with an E, and the EPIPE of a socket would be one of that form. */
const SQLSTATE = /^[0-9A-DF-Z][0-9A-Z]{4}$/;

/** By the code of the error (appendix A of PostgreSQL's manual), why nothing can be asked of the database, or stored, now; it may be mended without us. */
const AWAY: [RegExp, Away][] = [
  [/^08/, UNREACHED],
  [/^25006/, { en: 'it can only be read, as a standby', th: 'อ่านได้อย่างเดียว อาจเป็นเครื่องสำรอง' }],
  [/^(28|3D)/, { en: 'it does not let the server in', th: 'ไม่อนุญาตให้เซิร์ฟเวอร์เข้าใช้' }],
  [/^53100/, { en: 'its disk is full', th: 'ดิสก์เต็ม' }],
  [/^53200/, { en: 'it has no memory left', th: 'หน่วยความจำหมด' }],
  [/^53300/, { en: 'it has too many sessions', th: 'มีการเชื่อมต่อเกินกำหนด' }],
  [/^57014/, { en: 'it takes too long', th: 'ทำงานช้าเกินไป' }],
  [/^57P0/, { en: 'it is being started or stopped', th: 'กำลังเริ่มหรือหยุดทำงาน' }],
  [/^58/, { en: 'its disk fails', th: 'ดิสก์ขัดข้อง' }],
];

/** Throws `database-down` where nothing can be asked or stored now, else what came. */
export function fail(error: unknown): never {
  const away = awayOf(error);
  throw away === undefined ? error : downBecause(away, error);
}

/** A session to which this happened is not used again: the next one may find the way, or the server that has taken the place of this one. */
export function isAway(error: unknown): boolean {
  return awayOf(error) !== undefined;
}

/** Without a code of that form: the socket, or the client's own deadline. */
function awayOf(error: unknown): Away | undefined {
  const code = codeOf(error);
  if (!SQLSTATE.test(code)) return UNREACHED;
  return AWAY.find(([codes]) => codes.test(code))?.[1];
}

/** Each session that the database, or what it allows our role, has room for is open. */
export function isFull(error: unknown): boolean {
  return codeOf(error) === '53300';
}

/**
 * The session is over, and whatever it was asked last was not answered: it was ended from outside, or its line was. Not the client's own
 * deadline, at which it may still be at work.
 */
export function hasEnded(error: unknown): boolean {
  return /^(57P0[1-5]|ECONNRESET|EPIPE)$/.test(codeOf(error)) || ENDED.test(String(error));
}

/** As the client says it, which has no code for it. */
const ENDED = /Connection terminated|not queryable/;

/** What was asked last may have been done all the same: no answer of the database's own says that it was not. */
export function isUnheard(error: unknown): boolean {
  return awayOf(error) === UNREACHED || hasEnded(error);
}
