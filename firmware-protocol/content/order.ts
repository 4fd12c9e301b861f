import { z } from 'zod';
import { Announcement, outputsOf } from './announcement.ts';
import { Target } from './area.ts';
import { BANDS, type Band, type Output, Outputs } from './band.ts';
import { Instant, Ulid } from './instant.ts';
import { Signature } from './signature.ts';

/** Limits of an order. An order that can fire days later is a programme entry, not an order. */
export const ORDER_LIMITS = { targets: 256, lifeMs: 24 * 3_600_000, documentBytes: 256 * 1024 } as const;

/** The bands that an order of each playing kind may use. A test never rises above a scheduled announcement. */
export const BANDS_OF_KIND = {
  announce: [BANDS.urgent, BANDS.scheduled, BANDS.filler],
  alert: [BANDS.alert],
  test: [BANDS.scheduled, BANDS.filler],
} as const satisfies Record<string, readonly Band[]>;

const envelope = {
  format: z.literal(1),
  id: Ulid,
  /** Names of members that a reader must understand or refuse the document (as `crit` in RFC 7515, 4.1.11). */
  crit: z.array(z.string()).max(8).optional(),
  to: z.array(Target).min(1).max(ORDER_LIMITS.targets),
  /** Who said so: the operator's name, for the record. */
  by: z.string().min(1).max(64),
  /** Who said yes to it, where a second person had to. */
  approved_by: z.string().min(1).max(64).optional(),
  issued_at: Instant,
  expires_at: Instant,
  /** Quoted by live orders to a device that does not know the time yet (DESIGN 5, Time). */
  boot_nonce: z.string().max(64).optional(),
  signature: Signature,
};

const said = {
  announcement: Announcement,
  outputs: Outputs.default(['tower', 'panel']),
  /** Absent: as soon as it is ready. */
  start_at: Instant.optional(),
  /** Only where hearing it twice is better than not at all: a claim that was cut by a power loss starts again. */
  at_least_once: z.boolean().default(false),
};

function saysSomething(order: { announcement: Announcement; outputs: Output[] }): boolean {
  return outputsOf(order).length > 0;
}
const SAYS_NOTHING = { message: 'the announcement says nothing on these outputs', path: ['outputs'] };

export const AnnounceOrder = z
  .object({ ...envelope, kind: z.literal('announce'), band: z.literal(BANDS_OF_KIND.announce), ...said })
  .refine(saysSomething, SAYS_NOTHING);
export const AlertOrder = z
  .object({ ...envelope, kind: z.literal('alert'), band: z.literal(BANDS_OF_KIND.alert), ...said })
  .refine(saysSomething, SAYS_NOTHING);
/** A test says so to everyone who hears it. */
export const TestOrder = z
  .object({ ...envelope, kind: z.literal('test'), band: z.literal(BANDS_OF_KIND.test), ...said })
  .refine(saysSomething, SAYS_NOTHING);
/** Ends one order, or everything below life-safety that is playing or waiting. */
export const StopOrder = z.object({
  ...envelope,
  kind: z.literal('stop'),
  stops: z.union([Ulid, z.literal('everything')]),
});
/** Ends a life-safety alert; the only order that may. */
export const AllClearOrder = z.object({ ...envelope, kind: z.literal('all-clear'), clears: Ulid });

export const Order = z.discriminatedUnion('kind', [
  AnnounceOrder,
  AlertOrder,
  TestOrder,
  StopOrder,
  AllClearOrder,
]);
export type Order = z.infer<typeof Order>;
export const ORDER_KINDS = [
  'announce',
  'alert',
  'test',
  'stop',
  'all-clear',
] as const satisfies Order['kind'][];
export type OrderKind = Order['kind'];
/** Orders that sound or show something. */
export type PlayOrder = Extract<Order, { announcement: Announcement }>;
/** The same document before it is signed. */
export type UnsignedOrder = {
  [K in OrderKind]: Omit<Extract<z.input<typeof Order>, { kind: K }>, 'signature'>;
}[OrderKind];

export function isPlayOrder(order: Order): order is PlayOrder {
  return 'announcement' in order;
}

/** Stands where a signature will be: an order is checked whole before it is signed. */
export const UNSIGNED: Signature = { key: 'none', value: 'A'.repeat(86) };

/** Defaults filled in: what is hashed, stored and signed must be one text. Throws ZodError where it is no order. */
export function filledIn(unsigned: UnsignedOrder): UnsignedOrder {
  const { signature: _placeholder, ...whole } = Order.parse({ ...unsigned, signature: UNSIGNED });
  return whole;
}
