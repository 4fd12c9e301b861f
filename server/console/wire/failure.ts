import type { Failure } from '../../../firmware-protocol/mqtt/answer.ts';
import type { Language } from '../words/language.ts';

/** The server said no, and why, in both languages and with the place of each fault. */
export class Refused extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.en);
    this.name = 'Refused';
    this.failure = failure;
  }
}

/** Nobody answered: the line is gone, or the server is. What was asked may or may not have been done. */
export class Unreachable extends Error {
  constructor(cause?: unknown) {
    super('the server did not answer', { cause });
    this.name = 'Unreachable';
  }
}

const UNREACHABLE: Record<Language, string> = {
  th: 'ติดต่อเซิร์ฟเวอร์ไม่ได้ โปรดตรวจสอบอินเทอร์เน็ตแล้วลองใหม่',
  en: 'The server does not answer. Check the connection and try again.',
};
const UNKNOWN: Record<Language, string> = {
  th: 'เกิดข้อผิดพลาดที่ไม่คาดคิด',
  en: 'Something unexpected went wrong.',
};

/** What a person is told of an error, with the faults of a form one by one. */
export function wordsOf(error: unknown, language: Language): { message: string; faults: string[] } {
  if (error instanceof Refused)
    return {
      message: error.failure[language],
      faults: error.failure.faults.map((fault) =>
        fault.path === '' ? fault[language] : `${fault.path}: ${fault[language]}`,
      ),
    };
  return { message: (error instanceof Unreachable ? UNREACHABLE : UNKNOWN)[language], faults: [] };
}

export const codeOf = (error: unknown): string | undefined =>
  error instanceof Refused ? error.failure.code : undefined;
