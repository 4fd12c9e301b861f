import type { Lang } from './words.ts';

/** Deeper chains say nothing to a person. */
const DEEPEST = 6;

/** What the system says by a code, for people who read Thai; the code stays, for whoever looks it up. */
const THAI: Readonly<Record<string, string>> = {
  ENOENT: 'ไม่มีไฟล์หรือโฟลเดอร์นี้',
  EACCES: 'ไม่มีสิทธิ์',
  EPERM: 'ระบบไม่อนุญาต',
  EISDIR: 'เป็นโฟลเดอร์ ไม่ใช่ไฟล์',
  ENOTDIR: 'ไม่ใช่โฟลเดอร์',
  EEXIST: 'มีอยู่แล้ว',
  ENOSPC: 'พื้นที่เก็บข้อมูลเต็ม',
  EROFS: 'อ่านได้อย่างเดียว เขียนไม่ได้',
  ECONNREFUSED: 'ไม่มีโปรแกรมรับการเชื่อมต่อที่นั่น',
  ECONNRESET: 'การเชื่อมต่อถูกตัด',
  ENOTFOUND: 'ไม่พบชื่อนี้ในเครือข่าย',
  EAI_AGAIN: 'ถามชื่อนี้จากเครือข่ายไม่ได้',
  ETIMEDOUT: 'ไม่ตอบทันเวลา',
  EHOSTUNREACH: 'ไปไม่ถึงเครื่องนั้น',
  ENETUNREACH: 'ไปไม่ถึงเครือข่ายนั้น',
  EADDRINUSE: 'มีโปรแกรมอื่นใช้อยู่แล้ว',
};

/**
 * What an error says and why, outermost first, in one line: `fetch failed: connect ECONNREFUSED 127.0.0.1:8080`. In Thai, where the
 * system gave a code that is known, that alone: `ไม่มีโปรแกรมรับการเชื่อมต่อที่นั่น, ECONNREFUSED`.
 */
export function causesOf(error: unknown, lang: Lang = 'en'): string {
  const said: string[] = [];
  let link: unknown = error;
  for (let depth = 0; depth < DEEPEST && link !== undefined && link !== null; depth++) {
    const known = lang === 'th' ? thaiOf(link) : undefined;
    if (known !== undefined) return known;
    const text = oneLine(wordsOf(link));
    // A wrapper often repeats what it wraps.
    if (text !== '' && !said.some((before) => before.includes(text))) said.push(text);
    link = causeOf(link);
  }
  return said.join(': ');
}

function thaiOf(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return Object.hasOwn(THAI, code) ? `${THAI[code]}, ${code}` : undefined;
}

function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.message !== '') return error.message;
  return 'code' in error ? String(error.code) : '';
}

function causeOf(error: unknown): unknown {
  // A name with several addresses fails once for each: the first says as much as all.
  if (error instanceof AggregateError && error.cause === undefined) return error.errors[0];
  return error instanceof Error ? error.cause : undefined;
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, '; ').trim();
}
