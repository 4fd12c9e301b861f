import { AedesBroker } from '../../../server/drivers/broker/aedes-broker.ts';
import type { Door } from '../../../server/ports.ts';
import { silent } from '../../unit/server/office.ts';
import { type BrokerUnderTest, brokerSuite, PASSWORDS, PRINCIPALS } from './broker-suite.ts';
import { noiseSuite } from './noise-suite.ts';

async function openAedes(): Promise<BrokerUnderTest> {
  const passwords = { ...PASSWORDS };
  const door: Door = {
    open: async (user, password) => (passwords[user] === password ? PRINCIPALS[user] : undefined),
  };
  const broker = new AedesBroker({ listen: { host: '127.0.0.1', port: 0 }, door, log: silent });
  return {
    broker,
    get url() {
      return broker.url();
    },
    start: (session) => broker.start(session),
    stop: () => broker.stop(),
    async changePassword(user, password) {
      passwords[user] = password;
      await broker.credentialsChanged(user);
    },
  };
}

brokerSuite('the embedded broker', openAedes);
noiseSuite('the embedded broker', openAedes);
