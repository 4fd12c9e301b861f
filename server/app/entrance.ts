import { LIVE, TRAINING } from '../../firmware-protocol/mqtt/topic-space.ts';
import { RecordedOperators } from '../audit/recorded-operators.ts';
import { openBroker } from '../drivers/broker/broker.ts';
import { Accounts } from '../operators/accounts.ts';
import { openDoors } from './doors.ts';
import type { Ground } from './ground.ts';

/** Where people and halls come in: the doors, the broker behind them, the accounts. `url`: as people open the server. */
export async function openEntrance({ config, db, clock, random, secrets, log }: Ground, url: () => string) {
  if (config.training) log.warn({}, 'a training server: no live hall hears it');
  const space = config.training ? TRAINING : LIVE;
  const doors = openDoors({ db, clock, random, log, url });
  const { audit, logOns, attempts, hash, door } = doors;
  const broker = await openBroker(config, { db, door, secrets, clock, random, space, log });
  const onCredentials = (user: string) => broker.credentialsChanged(user);
  const accounts = new Accounts({ db, hash, clock, random, attempts, onCredentials });
  const operators = new RecordedOperators({ operators: accounts, audit, logOns, who: 'server' });
  return { ...doors, broker, accounts, operators, onCredentials };
}
export type Entrance = Awaited<ReturnType<typeof openEntrance>>;
