import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { busSuite } from '../../contract/ports/bus-suite.ts';
import { benchOver, PASSWORDS } from './bench.ts';

busSuite('MQTT over aedes', async () => {
  const broker = await Aedes.createBroker({
    authenticate: (client, _user, password, done) => done(null, PASSWORDS[client.id] === String(password)),
  });
  const server = createServer(broker.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return benchOver((server.address() as AddressInfo).port, async () => {
    await new Promise<void>((resolve) => broker.close(() => resolve()));
    await new Promise((resolve) => server.close(resolve));
  });
});
