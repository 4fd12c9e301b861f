import { type AddressInfo, createServer } from 'node:net';
import { Aedes } from 'aedes';
import { afterEach, expect, it } from 'vitest';
import { MqttBus } from '../../../device/drivers/mqtt-bus.ts';
import { PASSWORDS } from './bench.ts';

/** What a hall says right behind an acknowledgement of its own: Nagle's algorithm keeps it back until that is acknowledged too. */

const TRIES = 12;
/** The other side puts its acknowledgement off by 40 ms (Linux, TCP_DELACK_MIN); the best of the tries needs one or two. */
const HELD_BACK_MS = 35;

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

it('an answer right behind an acknowledgement leaves at once', async () => {
  const broker = await Aedes.createBroker({
    authenticate: (client, _user, password, done) => done(null, PASSWORDS[client.id] === String(password)),
  });
  const server = createServer({ noDelay: true }, broker.handle);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  ends.push(() => new Promise<void>((resolve) => broker.close(() => server.close(() => resolve()))));
  const url = `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const bus = new MqttBus({ url, device: 'hall-1', password: PASSWORDS['hall-1'] ?? '' });
  ends.push(() => bus.disconnect());
  const took: number[] = [];
  const answer = async () => {
    const since = performance.now();
    await bus.publish({ topic: 'answer', payload: Buffer.from('รับแล้ว'), qos: 1, retained: false });
    took.push(performance.now() - since);
  };
  await bus.connect({
    will: { topic: 'will', payload: Buffer.from(''), qos: 0, retained: false },
    // In the turn after the acknowledgement, as a hall answers.
    onMessage: () => setImmediate(answer),
    onClosed: () => {},
  });
  await bus.subscribe(['order']);
  for (let asked = 1; asked <= TRIES; asked += 1) {
    broker.publish(
      {
        ...{ cmd: 'publish', topic: 'order', payload: 'ประกาศ', qos: 1, retain: false, dup: false },
      },
      () => {},
    );
    await expect.poll(() => took.length).toBe(asked);
  }
  expect(Math.min(...took)).toBeLessThan(HELD_BACK_MS);
});
