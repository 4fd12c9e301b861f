import { beforeEach, describe, expect, it } from 'vitest';
import { instantOf } from '../../../../firmware-protocol/content/instant.ts';
import { NOW, openGate } from './gate.ts';

let gate: ReturnType<typeof openGate>;
beforeEach(() => {
  gate = openGate();
});

const dataOf = async (answer: Promise<unknown>) => (await answer) as { data: Record<string, unknown> };
describe('retry: the silent alone', () => {
  const push = async (seconds: number) => {
    const request = { to: ['4301'], text: 'น้ำท่วม', expires_in_s: seconds };
    return (await dataOf(gate.ask('somchai', 'push', request))).data.order as string;
  };

  it('of an order that lives, the next sends come now', async () => {
    const order = await push(60);
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({ data: { hurried: 1, orders: [] } });
    expect(gate.sent).toHaveLength(1);
  });

  it('of one that has expired, a new order goes to those that did not hear it', async () => {
    const order = await push(60);
    gate.wait(61_000);
    gate.unheard({ silent: ['hall-1', 'hall-2'], expired: ['hall-3'] });
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({
      data: { hurried: 0, orders: [{ devices: 1 }] },
    });
    const [before, again] = gate.sent;
    expect(again).toMatchObject({
      to: ['device/hall-1', 'device/hall-2', 'device/hall-3'],
      announcement: before !== undefined && 'announcement' in before ? before.announcement : undefined,
      expires_at: instantOf(NOW + 61_000 + 900_000),
    });
    expect(again?.id).not.toBe(order);
  });

  it('of one that everybody heard, nothing is sent', async () => {
    const order = await push(60);
    gate.wait(61_000);
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({ data: { hurried: 0, orders: [] } });
    expect(gate.sent).toHaveLength(1);
  });

  it('of thousands of halls is a push to the area', async () => {
    const order = await push(60);
    gate.wait(61_000);
    gate.unheard({ silent: Array.from({ length: 2_001 }, (_, at) => `hall-${at}`) });
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({
      error: { code: 'too-many-silent' },
    });
    expect(gate.sent).toHaveLength(1);
  });

  it('of an order that is none', async () => {
    const order = '01J0000000000000000000ZZZZ';
    expect(await gate.ask('somchai', 'retry', { order })).toMatchObject({ error: { code: 'unknown-order' } });
  });
});
