import { z } from 'zod';
import { Paragraph } from '../content/announcement.ts';
import { AreaCode } from '../content/area.ts';
import { Instant, Ulid } from '../content/instant.ts';
import { Transaction } from './answer.ts';

/** What people at a hall say is wrong there: no box notices that children threw stones at its horn. */

export const TROUBLE_LIMITS = { textChars: 500, openOfAVillage: 20, told: 200 } as const;

export const TROUBLE_PARTS = ['tower', 'panel', 'power', 'internet', 'other'] as const;
export const TroublePart = z.enum(TROUBLE_PARTS);
export type TroublePart = z.infer<typeof TroublePart>;

const text = Paragraph.max(TROUBLE_LIMITS.textChars);

/** Lists troubles; or reports one of a village; or closes one, with what was done. */
export const TroublesRequest = z
  .strictObject({
    area: AreaCode.default('th'),
    /** Also those that are closed. */
    closed: z.boolean().default(false),
    change: z.enum(['report', 'close']).optional(),
    village: AreaCode.refine((area) => area.length === 8, 'a hall stands in a village: 8 digits').optional(),
    part: TroublePart.optional(),
    /** Of a report, what is seen or heard; of a close, what was done. */
    text: text.optional(),
    trouble: Ulid.optional(),
    transaction: Transaction.optional(),
  })
  .refine(
    ({ change, village, part, text: words }) =>
      change !== 'report' || (village !== undefined && part !== undefined && words !== undefined),
    { message: 'give village, part and text', path: ['village'] },
  )
  .refine(
    ({ change, trouble, text: words }) =>
      change !== 'close' || (trouble !== undefined && words !== undefined),
    { message: 'name the trouble, and say in text what was done', path: ['trouble'] },
  );
export type TroublesRequest = z.infer<typeof TroublesRequest>;

export const Trouble = z.object({
  trouble: Ulid,
  village: AreaCode,
  part: TroublePart,
  text: z.string(),
  by: z.string(),
  at: Instant,
  closed_by: z.string().optional(),
  closed_at: Instant.optional(),
  done: z.string().optional(),
});
export type Trouble = z.infer<typeof Trouble>;

export const TroublesAnswer = z.object({
  /** The newest first. */
  troubles: z.array(Trouble),
  /** There are more than are told. */
  more: z.boolean(),
});

export const TROUBLE_REQUESTS = {
  troubles: { request: TroublesRequest, answer: TroublesAnswer },
} as const;
