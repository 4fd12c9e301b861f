import { sha256Of } from '../../firmware-protocol/content/audit.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { UnsignedOrder } from '../../firmware-protocol/content/order.ts';
import { HELD_LIFE_MS, type HeldFacts } from './held-facts.ts';

/** An order that waits for a second person, or did. */
export interface HeldOrder extends HeldFacts {
  order: UnsignedOrder;
}

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
