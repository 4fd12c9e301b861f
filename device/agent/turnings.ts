import type { OrderDesk } from '../orders/desk.ts';
import type { Playout } from '../playout/play.ts';
import type { Store } from '../ports.ts';
import type { Turning } from '../supervision/watchdog.ts';

/** When each is taken for stuck, ms. Cards were seen to take 30 s for one fsync, and an order needs a few. */
const STUCK_AFTER_MS = { store: 180_000, order: 300_000, playout: 60_000 } as const;

export interface TurningNeeds {
  store: Pick<Store, 'waiting'>;
  orders: Pick<OrderDesk, 'turned'>;
  playout: Pick<Playout, 'overdueMs'>;
}

/** What must go round in a hall that is up. */
export function turningsOf({ store, orders, playout }: TurningNeeds): Turning[] {
  return [
    { what: 'store', withinMs: STUCK_AFTER_MS.store, turn: () => store.waiting() },
    { what: 'orders', withinMs: STUCK_AFTER_MS.order, turn: () => orders.turned() },
    { what: 'playout', isStuck: () => playout.overdueMs() > STUCK_AFTER_MS.playout },
  ];
}
