import { Dispatcher } from '../dispatch/dispatcher.ts';
import { openMandate } from '../drivers/database/mandate.ts';
import type { Fleet } from '../ports.ts';
import type { Entrance } from './entrance.ts';
import type { Ground } from './ground.ts';
import { liveRooms } from './live.ts';

/** Who sends orders, by which mandate, and who is told how they fare. What is to be closed is put on `opened`. */
export function openSending(
  { config, db, signer, clock, random, log }: Ground,
  { broker, operators }: Pick<Entrance, 'broker' | 'operators'>,
  { fleet, newOrderId }: { fleet: Fleet; newOrderId: () => string },
  opened: (() => Promise<void>)[],
) {
  const shared = (config.servers?.of.length ?? 1) > 1;
  const live = liveRooms(
    { db, broker, shared, operators, fleet, dispatch: () => dispatch, clock, log },
    opened,
  );
  const mandate = openMandate(config, { clock, log });
  opened.push(() => mandate.stop());
  const changed = (order: string) => live.orders.note(order);
  const dispatch = new Dispatcher({ db, signer, broker, clock, random, newOrderId, mandate, changed, log });
  opened.push(() => dispatch.stop());
  return { live, mandate, dispatch };
}
export type Sending = ReturnType<typeof openSending>;
