import { expect, it, vi } from 'vitest';
import { Lanes, type MessageHandlers } from '../../../device/link/lanes.ts';

const KEYS = 'prakat/v1/th/area/th/keys';
const PROGRAMME = 'prakat/v1/43/area/43010101/programme';
const RELEASE = 'prakat/v1/43/area/43010101/release';
const ORDER = 'prakat/v1/43/area/43010101/order';

function lanes() {
  const handled: string[] = [];
  let durable = () => {};
  const disk = new Promise<void>((resolve) => {
    durable = resolve;
  });
  const note = (what: string) => async () => handled.push(what);
  const handlers: MessageHandlers = {
    order: note('order'),
    programme: note('programme'),
    release: note('release'),
    keys: async () => {
      await disk;
      handled.push('keys');
    },
    receipt: note('receipt'),
    timeAnswer: note('time'),
    request: async () => ({ status: 'ok', data: {} }),
    failed: () => {},
    dropped: (lane, reason) => handled.push(`${lane} ${reason}`),
  };
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const line = new Lanes(handlers, async () => {}, silent);
  const come = (topic: string) => line.take({ topic, payload: Buffer.from('{}'), qos: 1, retained: false });
  return { come, handled, durable: () => durable() };
}

it('what new keys signed is judged behind them, however slow the disk is that they wait for; an order waits for nothing', async () => {
  const { come, handled, durable } = lanes();
  for (const topic of [KEYS, PROGRAMME, RELEASE, ORDER]) come(topic);
  await vi.waitFor(() => expect(handled).toContain('order'));
  expect(handled).toEqual(['order']);
  durable();
  await vi.waitFor(() => expect(handled).toHaveLength(4));
  expect(handled.slice(0, 2)).toEqual(['order', 'keys']);
});

it('a programme without new keys before it is judged at once', async () => {
  const { come, handled } = lanes();
  come(PROGRAMME);
  come(KEYS);
  await vi.waitFor(() => expect(handled).toEqual(['programme']));
});
