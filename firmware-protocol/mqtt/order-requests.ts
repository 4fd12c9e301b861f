import { z } from 'zod';
import { AreaCode, DeviceId, Target } from '../content/area.ts';
import { Output, Outputs } from '../content/band.ts';
import { Instant, Ulid } from '../content/instant.ts';
import { ORDER_KINDS, ORDER_LIMITS } from '../content/order.ts';
import { TowerProof } from '../content/proof.ts';
import { Outcome, PagePart, Refusal } from '../content/report.ts';
import { Transaction } from './answer.ts';
import { Need, Waits } from './people-requests.ts';

const transaction = { transaction: Transaction.optional() };
const count = z.int().min(0);

/** As the outbox keeps it. */
export const OrderState = z.enum(['waiting', 'sent', 'accepted', 'playing', 'ended', 'refused', 'expired']);
export type OrderState = z.infer<typeof OrderState>;

/** What became of an order at one hall, as the person who sent it asks. */
export const Fate = z.enum([
  /** Not sent yet: the hall is away. */
  'waiting',
  /** Sent; its answer may still be on the way. */
  'sent',
  'accepted',
  'playing',
  /** To its end on one output at least, and nobody knows that it was not heard; a stop was taken. */
  'finished',
  /** It ended otherwise: cut, interrupted, not possible. */
  'failed',
  'refused',
  /** Its time ran out before the hall came back. */
  'expired',
  /** Sent more than once, and never answered. */
  'silent',
]);
export type Fate = z.infer<typeof Fate>;
export const Fates = z.partialRecord(Fate, count);
export type Fates = z.infer<typeof Fates>;

const ORDER_PAGE = { most: 1_000, usual: 500 } as const;
/** Rows of a list of orders. */
const ORDERS_MOST = 100;
/** An order names up to 256 targets; a list of orders is no list of halls. */
export const ORDER_TARGETS_TOLD = 20;

/** How an order fares: all halls counted by fate, and then hall by hall, page by page. */
export const OrderRequest = z.strictObject({
  order: Ulid,
  /** Only halls with this fate. */
  fate: Fate.optional(),
  /** The `next` of the page before. */
  after: z.string().max(64).optional(),
  limit: z.int().min(1).max(ORDER_PAGE.most).default(ORDER_PAGE.usual),
  ...transaction,
});
export type OrderRequest = z.infer<typeof OrderRequest>;

export const DeliveryRow = z.object({
  device: DeviceId,
  village: AreaCode,
  /** What people call the hall; absent from older servers. */
  name: z.string().optional(),
  state: OrderState,
  fate: Fate,
  refusal: Refusal.optional(),
  outcomes: z.partialRecord(
    Output,
    z.object({
      outcome: Outcome,
      reason: z.string().optional(),
      /** On the panel: what of a page was not to be seen. */
      left_out: z.array(PagePart).min(1).optional(),
      /** On the tower: what is known of whether it was heard. Absent: its device told no evidence. */
      proof: TowerProof.optional(),
    }),
  ),
  sends: z.int(),
});
export const OrderAnswer = z.object({
  order: Ulid,
  title: z.string(),
  expires_at: Instant,
  /** Every hall of the asker's areas, also those that are not on this page. */
  fates: Fates,
  /** Of them, those of which more may come. */
  open: count,
  deliveries: z.array(DeliveryRow),
  /** Absent = there are no more. */
  next: z.string().optional(),
});
export type OrderAnswer = z.infer<typeof OrderAnswer>;

/** What was ordered, the newest first. */
export const OrdersRequest = z.strictObject({
  /** Only what has not expired, and was not ended by an order of its own: what may still be on the air, or come. */
  live: z.boolean().default(false),
  kinds: z.array(z.enum(ORDER_KINDS)).min(1).max(ORDER_KINDS.length).optional(),
  /** Older than this one: the `order` of the last row of the page before. */
  before: Ulid.optional(),
  limit: z.int().min(1).max(ORDERS_MOST).default(50),
  ...transaction,
});
export type OrdersRequest = z.infer<typeof OrdersRequest>;
export const OrderRow = z.object({
  order: Ulid,
  kind: z.enum(ORDER_KINDS),
  /** Of what is said; a stop and an all-clear have none. */
  title: z.string().optional(),
  by: z.string(),
  approved_by: z.string().optional(),
  /** The first of its targets. */
  to: z.array(Target).max(ORDER_TARGETS_TOLD),
  targets: z.int().min(1).max(ORDER_LIMITS.targets),
  band: z.int().optional(),
  outputs: Outputs.optional(),
  issued_at: Instant,
  start_at: Instant.optional(),
  expires_at: Instant,
  /** Of a stop: the order, or `everything`; of an all-clear: the alert. */
  ends: z.string().optional(),
  /** The stop or all-clear that ended it, as far as one lives. */
  ended_by: Ulid.optional(),
  /** Halls of the asker's areas by the state of their delivery. */
  halls: z.partialRecord(OrderState, count),
});
export type OrderRow = z.infer<typeof OrderRow>;
export const OrdersAnswer = z.object({ orders: z.array(OrderRow) });
export type OrdersAnswer = z.infer<typeof OrdersAnswer>;

/**
 * An order again to those halls alone that did not answer: while it lives, its next sends are now; when it has expired, as a
 * new order to the silent and to those that were away.
 */
export const RetryRequest = z.strictObject({
  order: Ulid,
  /** Of the new order, where one is needed. */
  expires_in_s: z.int().min(10).max(86_400).default(900),
  ...transaction,
});
export type RetryRequest = z.infer<typeof RetryRequest>;
export const RetryAnswer = z.object({
  /** Sent again at once. */
  hurried: count,
  /** The same announcement, under new ids. */
  orders: z.array(z.object({ order: Ulid, devices: count, waits: Waits.optional() })),
});
export type RetryAnswer = z.infer<typeof RetryAnswer>;

/** What a push would meet, asked before it is sent. Nothing is sent, signed or kept, and no speech is made. */
export const PlanAnswer = z.object({
  halls: count,
  online: count,
  /** Halls of which nothing was ever heard are away too. */
  away: count,
  /** How long it takes in each hall, with repeats and pauses, ms; 0 = nothing on this output. `say` is not in it. */
  airtime_ms: z.object({ tower: count, panel: count }),
  /** Halls that have no such output, or whose output does not work now, of those that told. */
  without: z.object({ tower: count, panel: count }),
  /** Halls whose laws will refuse the sound when it is due. */
  quiet: count,
  /** Why it would wait for a second person; none = it goes out at once. */
  needs: z.array(Need),
  /** What of the programmes it cuts, or has to wait for, the earliest first. */
  meets: z.array(
    z.object({
      area: AreaCode,
      title: z.string(),
      starts: Instant,
      ends: Instant,
      /** `cut`: the programme gives way; `goes-first`: this order waits. */
      what: z.enum(['cut', 'goes-first']),
    }),
  ),
  /** Of a thousand programmes and more the widest are looked at; so many are not. */
  programmes_left_out: count,
});
export type PlanAnswer = z.infer<typeof PlanAnswer>;
