import { sha256Of } from '../../firmware-protocol/content/audit.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import type { Need } from '../../firmware-protocol/mqtt/people-requests.ts';

export const HELD_STATES = ['waiting', 'approved', 'refused', 'expired', 'failed'] as const;
export type HeldState = (typeof HELD_STATES)[number];

/** An order that waits for a second person, or did. Times are epoch ms. */
export interface HeldOrder {
  order: UnsignedOrder;
  by: string;
  needs: Need[];
  /** `contentHash` of the order. */
  sha256: string;
  askedAt: number;
  /** Then it is too late to say yes. */
  until: number;
  state: HeldState;
  decidedBy: string | null;
  decidedAt: number | null;
  /** In the words of who refused it, or the code of why it failed. */
  reason: string | null;
}

const MINUTE_MS = 60_000;

/** How long a yes is waited for. */
export const HELD_LIFE_MS = {
  /** A warning that nobody confirmed for so long says something that may have changed: it is to be written anew. */
  alert: 30 * MINUTE_MS,
  other: 12 * 60 * MINUTE_MS,
} as const;

/** What two people must mean alike: all of an order but its times, which begin when the second one says yes. */
export function contentHash(order: UnsignedOrder): string {
  const { issued_at: _issued, expires_at: _expires, approved_by: _approved, ...content } = order;
  return sha256Of(content);
}

export function heldUntil(order: UnsignedOrder, now: number): number {
  const life = order.kind === 'alert' ? HELD_LIFE_MS.alert : HELD_LIFE_MS.other;
  return Math.min(now + life, startOf(order) ?? Number.POSITIVE_INFINITY);
}

/** The order as it goes out: it lives as long as its author meant, from now on or from the start that is named. */
export function approvedOrder(order: UnsignedOrder, approvedBy: string, now: number): UnsignedOrder {
  const lifeMs = epochMsOf(order.expires_at) - epochMsOf(order.issued_at);
  const ends = startOf(order) === undefined ? instantOf(now + lifeMs) : order.expires_at;
  return { ...order, issued_at: instantOf(now), expires_at: ends, approved_by: approvedBy };
}

function startOf(order: UnsignedOrder): number | undefined {
  return 'start_at' in order && order.start_at !== undefined ? epochMsOf(order.start_at) : undefined;
}

/** Where held orders lie. */
export interface HeldTable {
  add(held: HeldOrder): Promise<void>;
  get(id: string): Promise<HeldOrder | undefined>;
  /** Newest first; of all states where none is named. */
  list(states: HeldState[] | undefined, limit: number): Promise<HeldOrder[]>;
  /** False = it was decided before, or it is too late. */
  decide(
    id: string,
    decision: { state: HeldState; by: string; at: number; reason: string | null },
  ): Promise<boolean>;
  failed(id: string, reason: string): Promise<void>;
  /** Writes off what waited too long; resolves with it. */
  expire(now: number): Promise<HeldOrder[]>;
}
