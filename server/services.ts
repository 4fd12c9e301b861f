import type { KeySet } from '../firmware-protocol/content/key-set.ts';
import type { Dispatch } from './dispatch/dispatch-port.ts';
import type { Broker, Clock, Door, Enrolment, Fleet, Log, Operators, Random, Signer } from './ports.ts';
import type { Database } from './tables.ts';

/** What requests/ and the HTTP routes stand on: types only, joined in app.ts. */
export interface Services {
  db: Database;
  clock: Clock;
  random: Random;
  log: Log;
  signer: Signer;
  keys: () => KeySet;
  broker: Pick<Broker, 'publish'>;
  door: Door;
  operators: Operators;
  enrolment: Enrolment;
  fleet: Fleet;
  dispatch: Dispatch;
}
