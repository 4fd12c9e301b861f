import type { z } from 'zod';
import type { AllClearOrder, PlayOrder, StopOrder } from '../../firmware-protocol/content/order.ts';
import type { Via } from '../../firmware-protocol/content/report.ts';
import type { Refused } from '../keys/document.ts';
import type { Playout } from '../playout/play.ts';
import type { Clock, Journal, Store } from '../ports.ts';
import type { Here } from './here.ts';

/** How long an order that cannot wait waits for the store, ms. */
export const ORDER_PATIENCE_MS = {
  /** Before a stop: it is promised within a second, and the fade takes its share. */
  stop: 300,
  /** Before an alert: for each question, and for its claim. A life is worth more than its record. */
  alert: 500,
} as const;

/** What the orders need of the rest of the agent. */
export interface OrderNeeds {
  here: () => Here;
  boot: number;
  clock: Pick<Clock, 'after'>;
  store: Pick<Store, 'claim' | 'claimed' | 'fact' | 'openClaims'>;
  journal: Journal;
  playout: Playout;
  refuse: (refused: Refused) => void;
  /** Something could not be made durable, or broke: logged and warned of; the next order is not held up. */
  failed: (error: unknown) => void;
}

export type SilenceOrder = z.infer<typeof StopOrder> | z.infer<typeof AllClearOrder>;

/** An order that passed the gate, and its text as received. */
export interface VerifiedPlay {
  order: PlayOrder;
  document: string;
  via?: Via;
}
