import { expect, test } from 'vitest';
import { ANTHEM, FLOOD_NOTICE, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import {
  DAY,
  DEVICE,
  HOUR,
  MINUTE,
  MONDAY_0600,
  SECOND,
  VILLAGE,
  World,
} from '../../scripts/virtual-world/world.ts';

/** I5, F49: a line that is away for longer than the disk has room for reports. */
/** Weeks take seconds on a machine of its own. */
const PATIENCE = { timeout: 120_000 };
const ROOM_BYTES = 40 * 1_024;

/** Three power cuts a day, as the mains of a village are, without a line. */
async function alone(world: World, days: number): Promise<void> {
  for (let cut = 0; cut < 3 * days; cut += 1) {
    await world.pass(7 * HOUR + 50 * MINUTE);
    world.hall.powerOff();
    await world.pass(10 * MINUTE);
    world.hall.powerOn();
  }
}

test('how the box felt goes first, every proof arrives, and what is missing is told', PATIENCE, async () => {
  const world = new World({ reportBytes: ROOM_BYTES, clocks: true });
  await world.up();
  world.server.programme(VILLAGE, [ANTHEM, MORNING_NEWS]);
  await world.pass(MINUTE);
  world.broker.cutNetwork();
  await alone(world, 20);
  const { dropped } = world.hall.disk.pile;
  expect(dropped.health).toBeGreaterThan(50);
  expect(dropped.other).toBeGreaterThan(0);
  expect(dropped.proof).toBe(0);
  world.broker.restoreNetwork();
  await world.calmAndAudit();
  world.invariants.auditProgramme(MONDAY_0600 + MINUTE, world.time.wall() - HOUR);
  world.expectNoBreach();
  expect(world.server.events(DEVICE).filter(({ type }) => type === 'dropped').length).toBeGreaterThan(0);
});

test('a receipt that was lost, for a report that is dropped since, holds up nothing', PATIENCE, async () => {
  const world = new World({ reportBytes: ROOM_BYTES, clocks: true });
  await world.up();
  world.server.programme(VILLAGE, [ANTHEM, MORNING_NEWS]);
  await world.pass(MINUTE);
  world.server.answers = false;
  const order = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(MINUTE);
  world.hall.powerOff();
  await world.pass(10 * SECOND);
  await world.up();
  // The server has it all, and the last of it says how the box feels.
  expect(world.server.events(DEVICE).at(-1)?.type).toBe('booted');
  world.broker.cutNetwork();
  world.server.answers = true;
  await alone(world, 16);
  world.broker.restoreNetwork();
  await world.pass(DAY / 24);
  expect(world.ends(order.id)).toEqual(['panel finished', 'tower finished']);
  expect(world.hall.disk.reports).toEqual([]);
  await world.calmAndAudit();
});
