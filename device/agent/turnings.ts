import type { OrderDesk } from '../orders/desk.ts';
import type { Playout } from '../playout/play.ts';
import type { Store } from '../ports.ts';
import type { Turning } from '../supervision/watchdog.ts';

/** When each is taken for stuck, ms. Cards were seen to take 30 s for one fsync; a queue of orders waits for many. */
export const STUCK_AFTER_MS = { store: 180_000, orders: 600_000, playout: 60_000 } as const;

/** For an answer that needs no disk. */
const ANSWER_MS = 1_000;

export interface TurningNeeds {
  store: Pick<Store, 'waiting'>;
  orders: Pick<OrderDesk, 'idle'>;
  playout: Pick<Playout, 'overdueMs'>;
}

/** What must go round in a hall that is up. */
export function turningsOf({ store, orders, playout }: TurningNeeds): Turning[] {
  return [
    { what: 'store', withinMs: STUCK_AFTER_MS.store, turn: () => store.waiting() },
    { what: 'orders', withinMs: STUCK_AFTER_MS.orders, turn: () => orders.idle() },
    { what: 'playout', withinMs: ANSWER_MS, turn: () => onTime(playout) },
  ];
}

/** Never settles for an output that should have been done long ago. */
function onTime(playout: Pick<Playout, 'overdueMs'>): Promise<void> {
  return playout.overdueMs() > STUCK_AFTER_MS.playout ? new Promise(() => {}) : Promise.resolve();
}
