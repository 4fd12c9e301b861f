import { z } from 'zod';
import { Instant, Ulid } from '../content/instant.ts';
import { HallRow } from './hall-requests.ts';
import { Fates } from './order-requests.ts';
import { ApprovalEvent } from './people-requests.ts';

export const EVENT_LIMITS = {
  /** Halls in one event: what a screen shows, several times over. When more changed a list is asked for anew. */
  halls: 200,
} as const;

/** Halls of the listener's areas that changed: who is there, what works, what plays, warnings, the clock. */
export const FleetEvent = z.object({
  halls: z.array(HallRow).max(EVENT_LIMITS.halls),
  /** More changed than an event can say: ask for lists and counts anew. */
  reload: z.literal(true).optional(),
});
export type FleetEvent = z.infer<typeof FleetEvent>;

/** How an order fares at the halls of the listener's areas, as `order` counts them. */
export const OrderEvent = z.object({
  order: Ulid,
  title: z.string(),
  expires_at: Instant,
  fates: Fates,
  /** Halls of which more may come. */
  open: z.int().min(0),
});
export type OrderEvent = z.infer<typeof OrderEvent>;

/** A warning of an agency came, was decided, went out, ended: `alert` tells the rest. */
export const AlertEvent = z.object({
  alert: z.string(),
  title: z.string(),
  state: z.string(),
  state_at: Instant,
  state_by: z.string(),
});
export type AlertEvent = z.infer<typeof AlertEvent>;

/** What people are told without asking, on topics of their own; by the last level of the topic. */
export const EVENTS = {
  approvals: { payload: ApprovalEvent, says: 'something waits for a second person, or was decided' },
  fleet: { payload: FleetEvent, says: 'halls that changed' },
  order: { payload: OrderEvent, says: 'how an order fares' },
  alerts: { payload: AlertEvent, says: 'a warning of an agency came, was decided or ended' },
} as const;
export type EventName = keyof typeof EVENTS;
