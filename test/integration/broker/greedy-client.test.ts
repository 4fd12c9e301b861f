import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { AedesBroker } from '../../../server/drivers/broker/aedes-broker.ts';
import { silent } from '../../unit/server/office.ts';
import { PRINCIPALS } from './broker-suite.ts';
import { Guest } from './mqtt-guest.ts';
import { RawClient } from './raw-client.ts';

/** Long before a half-open line is given up. */
const AT_ONCE = { timeout: 4_000 };

/** One stolen password must not fill the memory of everybody's broker (I9). */
const broker = new AedesBroker({
  listen: { host: '127.0.0.1', port: 0 },
  door: { open: async (user) => PRINCIPALS[user] },
  log: silent,
});
beforeAll(() => broker.start({ onMessage: () => {}, onUp: () => {}, onDown: () => {} }));
afterAll(() => broker.stop());
const enter = (user: string) =>
  Guest.enter(broker.url(), { username: user, password: 'x', clientId: user, reconnectPeriod: 0 });

it('whoever asks for filters without end is given no more, and keeps the first', async () => {
  const somchai = await enter('somchai');
  const granted: number[] = [];
  for (let n = 0; n < 100; n++) {
    const [answer] = await somchai.client
      .subscribeAsync(topicOf('operatorResponse', { user: 'somchai', what: `w${n}` }), { qos: 1 })
      .catch(() => [{ qos: 128 }]);
    granted.push(answer?.qos ?? 128);
  }
  expect(granted.filter((qos) => qos === 1)).toHaveLength(64);
  const topic = topicOf('operatorResponse', { user: 'somchai', what: 'w0' });
  await broker.publish({ topic, payload: Buffer.from('mine'), qos: 1, retained: false });
  await vi.waitFor(() => expect(somchai.texts()).toEqual(['mine']));
  await somchai.leave();
});

it('whoever begins QoS 2 messages without end is cut off', async () => {
  const hall = await enter('hall-mae');
  // Says PUBREC to nobody: the second half of the handshake never comes.
  hall.client.stream.pause();
  for (let n = 0; n < 20; n++)
    hall.client.publish(topicOf('report', { zone: '43', device: 'hall-mae' }), 'x', { qos: 2 }, () => {});
  hall.client.stream.on('close', () => {
    hall.closed = true;
  });
  await vi.waitFor(() => expect(hall.client.stream.destroyed || hall.closed).toBe(true));
});

it('a stranger is not waited for with a packet larger than any that asks to be let in', async () => {
  const stranger = await RawClient.open(broker.url());
  // CONNECT, of 100,000 bytes.
  stranger.send(Buffer.from([0x10, 0xa0, 0x8d, 0x06]), Buffer.alloc(2_000));
  await vi.waitFor(() => expect(stranger.closed).toBe(true), AT_ONCE);
});
