import type { Need } from '../../firmware-protocol/mqtt/people-requests.ts';

export const HELD_STATES = ['waiting', 'approved', 'refused', 'expired', 'failed'] as const;
export type HeldState = (typeof HELD_STATES)[number];

/** Of whatever waits for a second person, or did. Times are epoch ms. */
export interface HeldFacts {
  /** A ULID; of an order, its own. */
  id: string;
  by: string;
  /** In the author's words. */
  why: string | null;
  needs: Need[];
  /** Of exactly what would happen: what two people must mean alike. */
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
