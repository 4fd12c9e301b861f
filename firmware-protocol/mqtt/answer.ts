import { z } from 'zod';

/** One fault of an input: where it is and what is wrong, for people of both languages. */
export const Fault = z.object({
  /** Path into the request: `to[0]`, `audio.parts[2].sha256`; empty = the document as a whole. */
  path: z.string(),
  code: z.string(),
  en: z.string(),
  th: z.string(),
});
export type Fault = z.infer<typeof Fault>;

/** Lets a caller find its answer among others; echoed as it came. */
export const Transaction = z.union([z.string().max(64), z.int()]);
export type Transaction = z.infer<typeof Transaction>;

/** A one-time proof from `prove`, for exactly this request: member of those that take the password again. */
export const proof = { proof: z.string().min(1).max(64).optional() };

/** Why a request was not done; also the body of an HTTP 4xx or 5xx. */
export const Failure = z.object({
  code: z.string(),
  en: z.string(),
  th: z.string(),
  faults: z.array(Fault),
});
export type Failure = z.infer<typeof Failure>;

/** `{status, data | error, transaction}`: the answer to any request. */
export type Answer<T = unknown> =
  | { status: 'ok'; data: T; transaction?: Transaction | undefined }
  | { status: 'error'; error: Failure; transaction?: Transaction | undefined };

/** Schema of an answer that carries `data` when all went well. */
export function answerOf<T extends z.ZodType>(data: T) {
  const transaction = Transaction.optional();
  return z.discriminatedUnion('status', [
    z.object({ status: z.literal('ok'), data, transaction }),
    z.object({
      status: z.literal('error'),
      error: Failure,
      transaction,
    }),
  ]);
}
