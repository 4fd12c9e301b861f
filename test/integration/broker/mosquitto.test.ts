import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MosquittoBroker, SERVER_USER } from '../../../server/drivers/broker/mosquitto-broker.ts';
import { systemClock, systemRandom } from '../../../server/drivers/system-clock.ts';
import { MOSQUITTO_SALT_BYTES, mosquittoHash } from '../../../server/operators/mosquitto-hash.ts';
import { silent } from '../../unit/server/office.ts';
import { type BrokerUnderTest, brokerSuite, PASSWORDS } from './broker-suite.ts';
import { freePort, MosquittoProcess } from './mosquitto-process.ts';
import { noiseSuite } from './noise-suite.ts';

async function openMosquitto(): Promise<BrokerUnderTest> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-mosquitto-'));
  const port = await freePort();
  const url = `mqtt://127.0.0.1:${port}`;
  const passwords: Record<string, string> = { ...PASSWORDS, [SERVER_USER]: 'of-the-server' };
  const random = systemRandom();
  const logins = () =>
    Promise.all(
      Object.entries(passwords).map(async ([user, password]) => ({
        user,
        hash: await mosquittoHash(password, random.bytes(MOSQUITTO_SALT_BYTES), 10),
      })),
    );
  const broker = new MosquittoBroker({
    url,
    user: SERVER_USER,
    servers: [SERVER_USER],
    password: 'of-the-server',
    folder,
    listen: { host: '127.0.0.1', port },
    logins,
    clock: systemClock(),
    random,
    log: silent,
  });
  const mosquitto = new MosquittoProcess(folder);
  return {
    broker,
    url,
    async start(session) {
      // Written first, then started: the server tries until the broker is there.
      await broker.start(session);
      await mosquitto.start();
    },
    async stop() {
      await broker.stop();
      await mosquitto.kill();
      await rm(folder, { recursive: true, force: true });
    },
    async changePassword(user, password) {
      passwords[user] = password;
      await broker.credentialsChanged();
    },
  };
}

brokerSuite('Mosquitto', openMosquitto);
noiseSuite('Mosquitto', openMosquitto);
