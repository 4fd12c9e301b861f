import { expect, test } from 'vitest';
import { QUIET_LINE } from '../../scripts/virtual-world/line-faults.ts';
import { FLOOD_ALERT, FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F17: QoS 1 may deliver anything twice, close together or much later. */
test('every message comes twice: each order is heard once', async () => {
  const world = new World();
  await world.up();
  world.broker.suffer({ ...QUIET_LINE, duplicate: 1, delay_ms: 3_000 });
  const orders = [FLOOD_NOTICE, FLOOD_ALERT, FLOOD_NOTICE].map((draft) => world.server.push(draft, VILLAGE));
  await world.pass(3 * MINUTE);
  for (const order of orders) world.server.send(order, VILLAGE);
  await world.calmAndAudit();
  expect(orders.map(({ id }) => world.begun(id))).toEqual([2, 2, 2]);
});

test('a thousand copies make a few lines of report, and every copy is counted', async () => {
  const world = new World();
  await world.up();
  const order = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(MINUTE);
  const before = world.server.events('hall-1').length;
  for (let copy = 0; copy < 1_000; copy++) world.server.send(order, VILLAGE);
  await world.calmAndAudit();
  expect(world.refusals().seen).toBe(1_000);
  expect(world.server.events('hall-1').length - before).toBeLessThan(10);
  expect(world.begun(order.id)).toBe(2);
});
