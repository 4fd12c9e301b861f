import { z } from 'zod';
import { AuditHead } from '../content/audit.ts';
import { Transaction } from './answer.ts';

/** What people ask about people: who did what. Rows of REQUESTS, strict as all of them. */

const transaction = { transaction: Transaction.optional() };

/** The audit of the server, a page at a time. */
export const AuditRequest = z.strictObject({
  /** Lines with a higher number. */
  after: z.int().min(0).default(0),
  limit: z.int().min(1).max(1_000).default(200),
  ...transaction,
});
export type AuditRequest = z.infer<typeof AuditRequest>;
export const AuditAnswer = z.object({
  /** Each line as it was written, so that its hash can be checked: one damaged on the server's disk may be anything. */
  lines: z.array(z.string()),
  /** The last line that there is. */
  head: AuditHead,
  /** There are more after these. */
  more: z.boolean(),
});
export type AuditAnswer = z.infer<typeof AuditAnswer>;

export const PEOPLE_REQUESTS = {
  audit: { request: AuditRequest, answer: AuditAnswer },
} as const;
