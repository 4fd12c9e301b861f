import { expect, test } from 'vitest';
import { ANTHEM, FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** Of years that have not come, and what they would keep a hall from. */
test('a stop that is dated years ahead, taken before the time was known, stops what came before it and nothing else', async () => {
  const world = new World();
  world.server.answers = false;
  await world.up();
  const times = { issued_at: '2035-01-01T00:00:00+07:00', expires_at: '2035-01-01T00:15:00+07:00' };
  world.server.push({ kind: 'stop', stops: 'everything', ...times }, VILLAGE);
  await world.pass(SECOND);
  expect(world.hall.disk.facts.get('stopped-everything')).toBe(String(Date.parse(times.issued_at)));
  world.server.answers = true;
  await world.pass(MINUTE);
  const heard = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(MINUTE);
  expect(world.begun(heard.id)).toBe(2);
  world.hall.powerOff();
  await world.up();
  const again = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.calmAndAudit();
  expect(world.begun(again.id)).toBe(2);
});

test('a store that was lost while the clock was fifty years ahead keeps it from no order and no programme', async () => {
  const world = new World();
  world.hall.disk.facts.set('forgot-before', String(Date.parse('2076-11-16T06:00:00+07:00')));
  await world.up();
  world.server.programme(VILLAGE, [ANTHEM]);
  const order = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.passUntil('2026-11-16T08:05:00+07:00');
  expect(world.begun(order.id)).toBe(2);
  expect(world.begun(`${VILLAGE}/anthem-morning/20261116T080000`)).toBe(2);
  await world.calmAndAudit();
});
