import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { ServerError } from '../errors.ts';
import { pathText } from './fault-path.ts';

/** The deepest request of ours has some ten levels; what goes to the bottom of all of them must not run out of stack. */
const DEEPEST_LEVELS = 32;
const PATH_CHARS = 200;

/** Half of a pair has no canonical JSON (RFC 8785, 3.2.2.2), so it could be neither written down nor signed. */
const HALF_A_PAIR = /\p{Cs}/u;
/** PostgreSQL has no NUL in its text either. */
const NOT_IN_TEXT = /[\0\p{Cs}]/u;

const WORDS = {
  'not-text': {
    en: 'holds a character that belongs in no text: NUL (U+0000), or half of a surrogate pair',
    th: 'มีอักขระที่ใช้ในข้อความไม่ได้: NUL (U+0000) หรือครึ่งเดียวของคู่ surrogate',
  },
  'too-deep': {
    en: `is nested more than ${DEEPEST_LEVELS} levels deep`,
    th: `ซ้อนกันลึกเกิน ${DEEPEST_LEVELS} ชั้น`,
  },
};

/**
 * A JSON value that can be written down as it is. Throws ServerError `request-invalid` with the first place that cannot. `keepsNul` where
 * documents of halls are handed on as they were written.
 */
export function refuseUnwritable(value: unknown, { keepsNul }: { keepsNul: boolean }): void {
  const strange = keepsNul ? HALF_A_PAIR : NOT_IN_TEXT;
  // A stack of our own: a megabyte holds half a million levels.
  const waiting: { value: unknown; path: readonly PropertyKey[] }[] = [{ value, path: [] }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { value: here, path } = next;
    if (typeof here === 'string' && strange.test(here)) throw refusal('not-text', path);
    if (typeof here !== 'object' || here === null) continue;
    if (path.length >= DEEPEST_LEVELS) throw refusal('too-deep', path);
    for (const [name, inner] of Object.entries(here)) {
      if (strange.test(name)) throw refusal('not-text', path);
      waiting.push({ value: inner, path: [...path, Array.isArray(here) ? Number(name) : name] });
    }
  }
}

function refusal(code: keyof typeof WORDS, path: readonly PropertyKey[]): ServerError {
  const fault: Fault = { path: pathText(path).slice(0, PATH_CHARS), code, ...WORDS[code] };
  return new ServerError('request-invalid', { faults: [fault] });
}
