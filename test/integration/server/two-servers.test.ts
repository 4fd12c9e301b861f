import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { Town } from './town.ts';

let north: Town;
let south: Town;

beforeAll(async () => {
  [north, south] = await Promise.all([Town.found('embedded'), Town.found('embedded')]);
});
afterAll(() => Promise.all([north.close(), south.close()]));

it('two servers in one process know nothing of each other', async () => {
  const hall = await north.hall('hall-mae', '43010101');
  await south.hall('hall-mae', '90010101');
  const { order, devices } = await north.ask('push', { to: ['th'], text: 'เฉพาะภาคเหนือ' });
  expect(devices).toBe(1);
  await expect(south.ask('order', { order })).rejects.toThrow('unknown-order');
  expect(north.server.services.keys().roots).not.toEqual(south.server.services.keys().roots);
  await vi.waitFor(async () => expect(await north.deliveries(order)).toEqual({ 'hall-mae': 'sent' }));
  expect(hall.answer.village).toBe('43010101');
});
