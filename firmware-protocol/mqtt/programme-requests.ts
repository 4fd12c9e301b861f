import { z } from 'zod';
import { AreaCode, Target } from '../content/area.ts';
import { Output } from '../content/band.ts';
import { Instant } from '../content/instant.ts';
import { ProgrammeEntries } from '../content/programme.ts';
import { Transaction } from './answer.ts';

/** What a province plans, and what becomes of it in a village. */

const transaction = { transaction: Transaction.optional() };

export const ProgrammeRequest = z.strictObject({
  area: AreaCode,
  /** Absent = read the current programme; present = replace it with the next version. */
  entries: ProgrammeEntries.optional(),
  ...transaction,
});
export type ProgrammeRequest = z.infer<typeof ProgrammeRequest>;
export const ProgrammeAnswer = z.object({
  area: AreaCode,
  version: z.int(),
  entries: ProgrammeEntries,
});
export type ProgrammeAnswer = z.infer<typeof ProgrammeAnswer>;

export const ExplainRequest = z.strictObject({
  /** A village, or a device. */
  who: Target,
  from: Instant.optional(),
  /** How far ahead to look, hours. */
  hours: z
    .int()
    .min(1)
    .max(24 * 31)
    .default(24),
  ...transaction,
});
export type ExplainRequest = z.infer<typeof ExplainRequest>;
const Explained = z.object({
  play: z.string(),
  title: z.string(),
  output: Output,
  area: AreaCode,
  band: z.int(),
  starts: Instant,
  ends: Instant,
  /** `plays`, or what it loses to. */
  verdict: z.enum(['plays', 'waits', 'cut', 'loses']),
  because: z.string(),
});
export const ExplainAnswer = z.object({
  who: Target,
  from: Instant,
  until: Instant,
  plan: z.array(Explained),
});
export type ExplainAnswer = z.infer<typeof ExplainAnswer>;
