import { expect, test } from 'vitest';
import { FLOOD_ALERT, FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F13: a broker with default persistence is killed after its PUBACK: sessions, queues and retained messages are gone. */
test('orders that a killed broker had taken are heard all the same, once', async () => {
  const world = new World();
  await world.up();
  world.broker.cutNetwork();
  const notice = world.server.push(FLOOD_NOTICE, '4301');
  await world.pass(2 * SECOND);
  world.broker.kill();
  const alert = world.server.push(FLOOD_ALERT, 'th');
  world.broker.restoreNetwork();
  await world.pass(5 * MINUTE);
  expect([world.begun(notice.id), world.begun(alert.id)]).toEqual([2, 2]);
  await world.calmAndAudit();
});

test('a broker killed in the middle of a play changes nothing at the hall, and its report arrives', async () => {
  const world = new World();
  await world.up();
  const order = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(5 * SECOND);
  world.broker.kill();
  await world.calmAndAudit();
  expect(world.ends(order.id)).toEqual(['panel finished', 'tower finished']);
});
