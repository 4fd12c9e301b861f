import { z } from 'zod';
import { Paragraph, Sha256 } from '../content/announcement.ts';
import { Target } from '../content/area.ts';
import { Instant, Ulid } from '../content/instant.ts';
import { proof, Transaction } from './answer.ts';

/** Warnings of other agencies (CAP 1.2), and ours for them. Rows of REQUESTS, strict as all of them. */

const transaction = { transaction: Transaction.optional() };

/** What became of an alert. Later servers may know more. */
const AlertState = z.string();

export const AlertRow = z.object({
  alert: Ulid,
  sender: z.string(),
  identifier: z.string(),
  /** As the alert wrote it. */
  sent: z.string(),
  status: z.string(),
  msg_type: z.string(),
  /** Thai where the alert has Thai. */
  title: z.string(),
  verdict: z.string(),
  reasons: z.array(z.object({ code: z.string(), place: z.string(), en: z.string(), th: z.string() })),
  signature: z.string(),
  /** Whether its sender may act without a person, or why not. */
  trust: z.string(),
  /** Of its words, whom it reaches and what is known of its sender: what a yes is for. */
  sha256: Sha256,
  /** How many people have to say yes: one beside a sender that is known for sure, two where it is not. */
  persons: z.int(),
  /** Who said yes first, where it takes two. */
  first_yes: z.object({ by: z.string(), at: Instant, to: z.array(Target) }).optional(),
  /** `post:somchai`, `feed:https://…`, `file`. */
  via: z.string(),
  received_at: Instant,
  to: z.array(Target),
  /** Villages by the rule that reached them. */
  matched: z.object({ polygon: z.int(), circle: z.int(), geocode: z.int() }),
  until: Instant.optional(),
  state: AlertState,
  state_at: Instant,
  state_by: z.string(),
  why: z.string().optional(),
  orders: z.array(Ulid),
});
export type AlertRow = z.infer<typeof AlertRow>;

export const AlertsRequest = z.strictObject({
  /** Only these: `waiting`, `live`, … */
  states: z.array(z.string()).min(1).max(10).optional(),
  limit: z.int().min(1).max(200).default(50),
  ...transaction,
});
export type AlertsRequest = z.infer<typeof AlertsRequest>;
export const AlertsAnswer = z.object({ alerts: z.array(AlertRow) });
export type AlertsAnswer = z.infer<typeof AlertsAnswer>;

/** One alert; with a decision, the word of a person on one that waits. */
export const AlertRequest = z
  .strictObject({
    alert: Ulid,
    decision: z.enum(['approve', 'reject']).optional(),
    /** Instead of whom the alert reaches by itself. */
    to: z.array(Target).min(1).max(1_000).optional(),
    why: Paragraph.max(300).optional(),
    /** Yes only if it is still this; needed where the password is asked again. */
    sha256: Sha256.optional(),
    ...proof,
    ...transaction,
  })
  .refine(({ decision, to, why }) => decision !== undefined || (to === undefined && why === undefined), {
    message: 'to and why belong to a decision',
    path: ['decision'],
  });
export type AlertRequest = z.infer<typeof AlertRequest>;
export const AlertAnswer = z.object({
  alert: AlertRow,
  /** Its XML; absent where it is longer than an answer may be. */
  document: z.string().optional(),
});
export type AlertAnswer = z.infer<typeof AlertAnswer>;

/** An alert of ours, or its all-clear, as CAP 1.2. */
export const CapRequest = z.strictObject({ order: Ulid, ...transaction });
export type CapRequest = z.infer<typeof CapRequest>;
export const CapAnswer = z.object({ order: Ulid, document: z.string() });
export type CapAnswer = z.infer<typeof CapAnswer>;

export const ALERT_REQUESTS = {
  alerts: { request: AlertsRequest, answer: AlertsAnswer },
  alert: { request: AlertRequest, answer: AlertAnswer },
  cap: { request: CapRequest, answer: CapAnswer },
} as const;
