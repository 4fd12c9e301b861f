import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Town } from './town.ts';

/** What an operator sees of what was ordered: of orders that live, only those that nothing ended. */
let town: Town;
const sent: Record<string, string> = {};

beforeAll(async () => {
  town = await Town.found('embedded');
  await town.hall('hall-mae', '43010101');
  const push = async (name: string, more: object) => {
    sent[name] = (await town.ask('push', { to: ['4301'], text: 'น้ำท่วม', ...more })).order;
  };
  await push('notice', { title: 'ฉีดวัคซีน' });
  await push('alert', { kind: 'alert', title: 'น้ำป่า' });
  await push('second', { kind: 'alert', title: 'เขื่อนแตก' });
  sent.clear = (await town.ask('stop', { order: sent.alert })).order;
});
afterAll(() => town.close());

const titles = async (asked: object) =>
  (await town.ask('orders', asked)).orders.map(({ kind, title }) => `${kind} ${title ?? ''}`.trim());

describe('orders', () => {
  it('are told newest first, with who, whom and how far they are', async () => {
    expect(await titles({})).toEqual(['all-clear', 'alert เขื่อนแตก', 'alert น้ำป่า', 'announce ฉีดวัคซีน']);
    const [clear, , cleared] = (await town.ask('orders', {})).orders;
    expect(clear).toMatchObject({ by: 'admin', ends: sent.alert, to: ['4301'], targets: 1 });
    expect(cleared).toMatchObject({ order: sent.alert, ended_by: sent.clear, band: 90 });
    expect(Object.values(cleared?.halls ?? {})).toEqual([1]);
  });

  it('that live are those that nothing ended: what may still sound', async () => {
    expect(await titles({ live: true, kinds: ['alert'] })).toEqual(['alert เขื่อนแตก']);
  });

  it('come page by page', async () => {
    expect(await titles({ limit: 1, before: sent.second })).toEqual(['alert น้ำป่า']);
  });
});
