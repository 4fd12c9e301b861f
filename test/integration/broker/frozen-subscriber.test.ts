import { expect, it, vi } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { AedesBroker } from '../../../server/drivers/broker/aedes-broker.ts';
import { silent } from '../../unit/server/office.ts';
import { PASSWORDS, PRINCIPALS } from './broker-suite.ts';
import { Guest } from './mqtt-guest.ts';

/** F29: more bytes than the socket buffers hold, and more messages than aedes delivers at a time by itself (100). */
const FLOOD = { messages: 150, bytes: 128 * 1024 } as const;

it('a subscriber that reads no more holds up nobody', async () => {
  const door = { open: async (user: string) => PRINCIPALS[user] };
  const broker = new AedesBroker({ listen: { host: '127.0.0.1', port: 0 }, door, log: silent });
  await broker.start({ onMessage: () => {}, onUp: () => {}, onDown: () => {} });
  const enter = (user: string) =>
    Guest.enter(broker.url(), { username: user, password: PASSWORDS[user] ?? '', clientId: user });
  const frozen = await enter('hall-mae');
  const awake = await enter('hall-pong');
  const topic = topicOf('areaOrder', { zone: '43', area: '4301' });
  await frozen.subscribe(topic);
  await awake.subscribe(topic);
  frozen.client.stream.pause();
  frozen.client.stream.removeAllListeners('data');

  const payload = Buffer.alloc(FLOOD.bytes, 'x');
  for (let n = 0; n < FLOOD.messages; n++) await broker.publish({ topic, payload, qos: 1, retained: false });
  await vi.waitFor(() => expect(awake.heard.length).toBe(FLOOD.messages), { timeout: 5_000 });
  await broker.publish({ topic, payload: Buffer.from('stop'), qos: 1, retained: false });
  await vi.waitFor(() => expect(awake.texts()).toContain('stop'), { timeout: 1_000 });
  expect(frozen.heard.length).toBeLessThan(FLOOD.messages);

  frozen.cut();
  await awake.leave();
  await broker.stop();
});
