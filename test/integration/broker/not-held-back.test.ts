import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { afterEach, expect, it } from 'vitest';
import { connectMqtt } from '../../../server/drivers/broker/mqtt-client.ts';

/**
 * An order leaves some milliseconds after the server acknowledged the request for it: Nagle's algorithm keeps it back until the broker's
 * kernel has acknowledged that acknowledgement.
 */

const TRIES = 12;
/** Which it puts off by 40 ms (Linux, TCP_DELACK_MIN); the best of the tries needs one or two. */
const HELD_BACK_MS = 30;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it('an order right behind an acknowledgement leaves at once', async () => {
  const broker = await Aedes.createBroker();
  const listener = createServer({ noDelay: true }, broker.handle);
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise<void>((resolve) => broker.close(() => listener.close(() => resolve()))));
  const took: number[] = [];
  const server = await connectMqtt({
    ...{ url: `mqtt://127.0.0.1:${(listener.address() as AddressInfo).port}`, user: 'server', password: '' },
    onMessage: () => setImmediate(order),
    onClosed: () => {},
  });
  ends.push(() => server.close());
  const order = async () => {
    const since = performance.now();
    await server.publish({ topic: 'order', payload: Buffer.from('น้ำท่วม'), qos: 1, retained: false });
    took.push(performance.now() - since);
  };
  await server.subscribe(['request']);
  const request = {
    cmd: 'publish',
    topic: 'request',
    payload: 'push',
    qos: 1,
    retain: false,
    dup: false,
  } as const;
  for (let asked = 1; asked <= TRIES; asked += 1) {
    broker.publish({ ...request }, () => {});
    await expect.poll(() => took.length).toBe(asked);
  }
  expect(Math.min(...took)).toBeLessThan(HELD_BACK_MS);
});
