import type { ServerError } from '../../errors.ts';
import { downBecause } from './away.ts';

const UNHEARD = {
  en: 'its answer was lost while it stored this, which may be stored: look before you do it again',
  th: 'คำตอบของฐานข้อมูลขาดหายขณะบันทึก รายการนี้อาจบันทึกไปแล้ว โปรดตรวจดูก่อนทำซ้ำ',
};

/** Of a commit whose answer was lost: whose answer. */
export class Unheard extends Error {
  /** The process of PostgreSQL that may still be at it; 0 = not known. */
  readonly backend: number;

  constructor(cause: unknown, backend: number) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
    this.backend = backend;
  }
}

/** `database-down`, and nobody knows whether it is stored. */
export function unheardCommit(cause: unknown, backend: number): ServerError {
  return downBecause(UNHEARD, new Unheard(cause, backend));
}
