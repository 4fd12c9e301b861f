import { z } from 'zod';
import { AreaCode, Target } from '../content/area.ts';
import { Instant } from '../content/instant.ts';
import { Transaction } from './answer.ts';
import { PlaceNames } from './place-requests.ts';
import { Explained } from './programme-requests.ts';

/** What the villages of an area hear and see at a moment or in a time up to a week; those that hear the same stand together. */
export const HearingRequest = z.strictObject({
  area: AreaCode,
  /** Now, if absent. */
  from: Instant.optional(),
  /** 1 = the moment. */
  minutes: z
    .int()
    .min(1)
    .max(7 * 24 * 60)
    .default(1),
  /** The `next` of the page before. */
  after: z.int().min(0).default(0),
  transaction: Transaction.optional(),
});
export type HearingRequest = z.infer<typeof HearingRequest>;

export const HearingAnswer = z.object({
  area: AreaCode,
  from: Instant,
  until: Instant,
  /** Villages on the list, and those of halls that are not on it. */
  villages: z.int(),
  /** In all, on all pages. */
  groups_in_all: z.int(),
  /** Those that are most come first. */
  groups: z.array(
    z.object({
      villages: z.int(),
      /** Villages; `device/<id>` where the halls of one village have different laws. The first 2,000. */
      who: z.array(Target),
      /** Of the villages: how many have no box, so that nothing of this comes about; whose box says that it has no tower, no sign. */
      without: z.object({ box: z.int(), tower: z.int(), panel: z.int() }),
      plan: z.array(Explained),
      /** Lines beyond what fits. */
      left_out: z.int(),
      /** How it differs from the first group; absent in the first. */
      differs: z.object({ en: z.string(), th: z.string() }).optional(),
    }),
  ),
  /** Of villages in `who`, of the small groups first; absent from older servers. */
  names: PlaceNames.optional(),
  /** Absent = there are no more. */
  next: z.int().optional(),
});

export const HEARING_REQUESTS = { hearing: { request: HearingRequest, answer: HearingAnswer } } as const;
