import type { TopicSpace } from '../../../firmware-protocol/mqtt/topic-space.ts';
import type { ServerConfig } from '../../config.ts';
import type { PeopleLines } from '../../live/people-lines.ts';
import { MOSQUITTO_ROUNDS, MOSQUITTO_SALT_BYTES, mosquittoHash } from '../../operators/mosquitto-hash.ts';
import type { Broker, Clock, Door, Log, Random, Secrets } from '../../ports.ts';
import type { Database } from '../../tables.ts';
import { AedesBroker, type PageBroker } from './aedes-broker.ts';
import { MosquittoBroker, SERVER_USER, serverUser } from './mosquitto-broker.ts';
import { TwinBroker } from './twin-broker.ts';

interface Needs {
  db: Database;
  door: Door;
  secrets: Secrets;
  clock: Clock;
  random: Random;
  space: TopicSpace;
  log: Log;
}

/** A broker that knows how others reach it, and takes in the pages of browsers. */
export type ReachableBroker = Broker & PageBroker & PeopleLines & { url(): string };

/** The broker that the configuration names, not yet started. */
export async function openBroker(
  { broker: config, servers }: Pick<ServerConfig, 'broker' | 'servers'>,
  needs: Needs,
): Promise<ReachableBroker> {
  if (config.kind === 'embedded') {
    const { host, port } = config;
    return new AedesBroker({ ...needs, listen: { host, port } });
  }
  const password = await ownPassword(needs);
  const hash = await mosquittoHash(
    password,
    needs.random.bytes(MOSQUITTO_SALT_BYTES),
    MOSQUITTO_ROUNDS.device,
  );
  // A session belongs to a name: each server has its own.
  const all = servers?.of.map(serverUser) ?? [SERVER_USER];
  const own = all.map((user) => ({ user, hash }));
  const outer = new MosquittoBroker({
    ...config,
    password,
    user: servers === undefined ? SERVER_USER : serverUser(servers.name),
    servers: all,
    // Each tells its own pages what the others said to people.
    alsoHears: all.length > 1 ? ['operatorEvent'] : [],
    logins: async () => [...own, ...(await loginsIn(needs.db))],
    clock: needs.clock,
    random: needs.random,
    space: needs.space,
    log: needs.log,
  });
  return new TwinBroker({ outer, inner: new AedesBroker(needs), shared: all.length > 1 });
}

async function loginsIn(db: Database) {
  const people = (await db.operators.list()).flatMap(({ user, brokerHash }) =>
    brokerHash === null ? [] : [{ user, hash: brokerHash }],
  );
  const boxes = (await db.devices.logins()).map(({ id, brokerHash }) => ({ user: id, hash: brokerHash }));
  return [...people, ...boxes];
}

/** The server's own password at Mosquitto, made at the first start. */
async function ownPassword({ secrets, random }: Needs): Promise<string> {
  const name = 'broker-password';
  const made = () => Buffer.from(random.bytes(32)).toString('base64url');
  return (await secrets.read(name)) ?? secrets.keep(name, made());
}
