import type { Dispatch } from '../dispatch/dispatch-port.ts';
import { Audience } from '../live/audience.ts';
import { LiveAlerts } from '../live/live-alerts.ts';
import { LiveFleet } from '../live/live-fleet.ts';
import { LiveOrders } from '../live/live-orders.ts';
import type { PeopleLines } from '../live/people-lines.ts';
import type { Broker, Clock, Fleet, Log, Operators } from '../ports.ts';
import type { Database } from '../tables.ts';

interface Needs {
  db: Database;
  broker: Broker & PeopleLines;
  shared: boolean;
  operators: Operators;
  fleet: Fleet;
  dispatch: () => Pick<Dispatch, 'progress'>;
  clock: Clock;
  log: Log;
}

/** What people are told while they look. What is to be closed is put on `opened`. */
export function liveRooms({ broker, dispatch, ...needs }: Needs, opened: (() => Promise<void>)[]) {
  const { db, fleet, clock, log } = needs;
  const audience = new Audience({ ...needs, lines: broker, broker });
  const halls = new LiveFleet({ audience, devices: db.devices, clock, log });
  opened.push(() => halls.close());
  const orders = new LiveOrders({
    ...{ audience, clock, log },
    dispatch: { progress: (asked) => dispatch().progress(asked) },
  });
  opened.push(() => orders.close());
  return { halls, orders, alerts: new LiveAlerts({ audience, fleet, log }) };
}
