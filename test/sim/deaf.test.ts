import { expect, test } from 'vitest';
import { FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { HOUR, MINUTE, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** The broker acknowledges what the hall says and brings it nothing any more: no connection is lost, no order is heard. */
test('a hall that hears nothing warns, dials again, and hears what it missed', async () => {
  const world = new World({ machine: { read: async () => ({}) } });
  await world.up();
  await world.pass(15 * MINUTE);
  world.broker.suffer({ drop: 1, duplicate: 0, unacknowledged: 0, delay_ms: 0 });
  const before = world.broker.connections;
  await world.pass(HOUR);
  expect(world.broker.connections).toBeGreaterThan(before);
  expect(world.state().warnings).toContain('deaf');
  world.broker.suffer({ drop: 0, duplicate: 0, unacknowledged: 0, delay_ms: 0 });
  const order = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(10 * MINUTE);
  expect(world.ends(order.id)).toEqual(['panel finished', 'tower finished']);
  expect(world.state().warnings).not.toContain('deaf');
  await world.calmAndAudit();
});

test('a server that is away for a night makes nobody dial without end', async () => {
  const world = new World({ machine: { read: async () => ({}) } });
  await world.up();
  world.server.answers = false;
  await world.pass(8 * HOUR);
  expect(world.broker.connections).toBeLessThan(25);
});
