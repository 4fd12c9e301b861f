import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { filterOf, topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { AedesBroker } from '../../../server/drivers/broker/aedes-broker.ts';
import { MosquittoBroker, serverUser } from '../../../server/drivers/broker/mosquitto-broker.ts';
import { TwinBroker } from '../../../server/drivers/broker/twin-broker.ts';
import { systemClock, systemRandom } from '../../../server/drivers/system-clock.ts';
import { MOSQUITTO_SALT_BYTES, mosquittoHash } from '../../../server/operators/mosquitto-hash.ts';
import type { BrokerMessage } from '../../../server/ports.ts';
import { silent } from '../../unit/server/office.ts';
import { PRINCIPALS } from './broker-suite.ts';
import { freePort, MosquittoProcess } from './mosquitto-process.ts';
import { Guest } from './mqtt-guest.ts';

/** Two servers on one Mosquitto, each with a page of the same person. */
interface OneServer {
  broker: TwinBroker;
  asked: BrokerMessage[];
  page: Guest;
  door: Server;
}

let folder: string;
let mosquitto: MosquittoProcess;
let servers: OneServer[];
const passwords: Record<string, string> = { 'PRAKAT-a': 'of a', 'PRAKAT-b': 'of b', somchai: 'by hand' };

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'prakat-twin-'));
  const port = await freePort();
  mosquitto = new MosquittoProcess(folder);
  servers = [await openServer('a', port), await openServer('b', port)];
  await mosquitto.start();
  for (const { broker } of servers)
    await vi.waitFor(() => broker.publish(eventTo('malee', 'is Mosquitto there')), { timeout: 10_000 });
  // Each hears the other's events once it has subscribed.
  for (const from of servers)
    await vi.waitFor(async () => {
      await from.broker.publish(eventTo('somchai', BEGINNING));
      for (const { page } of servers) expect(page.texts()).toContain(BEGINNING);
    });
});
beforeEach(() => {
  for (const { page, asked } of servers) {
    page.heard.splice(0);
    asked.splice(0);
  }
});
afterAll(async () => {
  for (const { page, broker, door } of servers) {
    await page.leave();
    await broker.stop();
    door.close();
  }
  await mosquitto.kill();
  await rm(folder, { recursive: true, force: true });
});

async function openServer(name: string, port: number): Promise<OneServer> {
  const random = systemRandom();
  const hashOf = (password: string) => mosquittoHash(password, random.bytes(MOSQUITTO_SALT_BYTES), 10);
  const outer = new MosquittoBroker({
    ...{ url: `mqtt://127.0.0.1:${port}`, folder, listen: { host: '127.0.0.1', port } },
    ...{ user: serverUser(name), password: passwords[serverUser(name)] ?? '' },
    servers: ['a', 'b'].map(serverUser),
    alsoHears: ['operatorEvent'],
    logins: () =>
      Promise.all(
        Object.entries(passwords).map(async ([user, password]) => ({ user, hash: await hashOf(password) })),
      ),
    ...{ clock: systemClock(), random, log: silent },
  });
  const inner = new AedesBroker({ door: { open: async () => undefined }, log: silent });
  const broker = new TwinBroker({ outer, inner, shared: true });
  const asked: BrokerMessage[] = [];
  await broker.start({ onMessage: (message) => asked.push(message), onUp: () => {}, onDown: () => {} });
  // Stands for the WebSocket: whoever comes here was let in by a session.
  const door = createServer((socket) => {
    broker.welcome(socket, { from: 'a page', enter: async () => PRINCIPALS.somchai });
  });
  await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve));
  const address = door.address();
  const doorPort = typeof address === 'object' && address !== null ? address.port : 0;
  const page = await Guest.enter(`mqtt://127.0.0.1:${doorPort}`, { username: 'somchai', clientId: 'page' });
  await page.subscribe(
    filterOf('operatorEvent', { user: 'somchai' }),
    filterOf('operatorResponse', { user: 'somchai' }),
  );
  return { broker, asked, page, door };
}

/** Of the tries at the beginning more may come late. */
const BEGINNING = 'heard yet';
const told = (page: Guest) => page.texts().filter((text) => text !== BEGINNING);

const eventTo = (user: string, text: string): BrokerMessage => ({
  topic: topicOf('operatorEvent', { user, what: 'approvals' }),
  payload: Buffer.from(text),
  qos: 1,
  retained: false,
});

it('an event of one server is heard on the pages of each, once', async () => {
  const [a, b] = servers;
  await a?.broker.publish(eventTo('somchai', 'from a'));
  await b?.broker.publish(eventTo('somchai', 'from b'));
  for (const { page } of servers)
    await vi.waitFor(() => expect(told(page).sort()).toEqual(['from a', 'from b']));
});

it('an event is no request: neither server takes it for one', async () => {
  const [a] = servers;
  await a?.broker.publish(eventTo('somchai', 'from a'));
  for (const { page } of servers) await vi.waitFor(() => expect(told(page)).toEqual(['from a']));
  expect(servers.flatMap(({ asked }) => asked)).toEqual([]);
});

it('what a page asks comes to its own server, and the answer to its own page', async () => {
  const [a, b] = servers;
  await a?.page.publish(topicOf('operatorRequest', { user: 'somchai', what: 'keys' }), '{}');
  await vi.waitFor(() => expect(a?.asked).toHaveLength(1));
  const topic = topicOf('operatorResponse', { user: 'somchai', what: 'keys' });
  await a?.broker.publish({ topic, payload: Buffer.from('done'), qos: 1, retained: false });
  await vi.waitFor(() => expect(a && told(a.page)).toEqual(['done']));
  await a?.broker.publish(eventTo('somchai', 'after'));
  await vi.waitFor(() => expect(b && told(b.page)).toEqual(['after']));
  expect(b?.asked).toEqual([]);
});
