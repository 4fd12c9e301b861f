import { expect, test } from 'vitest';
import { QUIET_LINE } from '../../scripts/virtual-world/line-faults.ts';
import { FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F16: the broker never saw the PUBACK of the hall, so the order comes again with each new session. */
test('an order whose PUBACK is lost is heard once, also after a reboot', async () => {
  const world = new World();
  await world.up();
  world.broker.suffer({ ...QUIET_LINE, unacknowledged: 1 });
  const order = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(MINUTE);
  world.broker.cutNetwork();
  world.broker.restoreNetwork();
  await world.pass(MINUTE);
  world.hall.powerOff();
  await world.pass(10 * SECOND);
  world.hall.powerOn();
  await world.pass(MINUTE);
  world.broker.suffer(QUIET_LINE);
  await world.calmAndAudit();
  expect(world.begun(order.id)).toBe(2);
  expect(world.ends(order.id)).toEqual(['panel finished', 'tower finished']);
  expect(world.refusals().seen).toBeGreaterThanOrEqual(2);
});
