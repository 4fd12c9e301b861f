import { expect, test } from 'vitest';
import { announcementOf, FLOOD_ALERT, FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** The amplifier of a virtual tower may be on for a quarter of an hour in an hour, ten minutes at a stretch (TOWER_RULES). */
const MEETING = { ...FLOOD_NOTICE, band: 40, announcement: announcementOf('ประชุมหมู่บ้าน', 9 * MINUTE) };

async function afterAMeeting(): Promise<World> {
  const world = new World({ realTower: true });
  await world.up();
  const meeting = world.server.push(MEETING, VILLAGE);
  await world.pass(10 * MINUTE);
  expect(world.ends(meeting.id)).toContain('tower finished');
  return world;
}

test('a power cut is no rest: what was too much before it is too much after it, and alerts pass', async () => {
  const world = await afterAMeeting();
  world.hall.powerOff();
  await world.pass(MINUTE);
  world.hall.powerOn();
  await world.pass(MINUTE);
  const again = world.server.push(MEETING, VILLAGE);
  const alert = world.server.push(FLOOD_ALERT, VILLAGE);
  await world.pass(2 * MINUTE);
  expect(world.ends(again.id)).toContain('tower rejected amplifier-rest');
  expect(world.ends(alert.id)).toContain('tower finished');
  await world.calmAndAudit();
});

test('a long power cut is one', async () => {
  const world = await afterAMeeting();
  world.hall.powerOff();
  await world.pass(61 * MINUTE);
  world.hall.powerOn();
  await world.pass(MINUTE);
  const again = world.server.push(MEETING, VILLAGE);
  await world.pass(10 * MINUTE);
  expect(world.ends(again.id)).toContain('tower finished');
  await world.calmAndAudit();
});

test('a power cut in the middle of a meeting counts what was on until then', async () => {
  const world = new World({ realTower: true });
  await world.up();
  world.server.push(MEETING, VILLAGE);
  await world.pass(8 * MINUTE);
  world.hall.powerOff();
  await world.pass(30 * SECOND);
  world.hall.powerOn();
  await world.pass(MINUTE);
  const again = world.server.push(MEETING, VILLAGE);
  await world.pass(2 * MINUTE);
  expect(world.ends(again.id)).toContain('tower rejected amplifier-rest');
  await world.calmAndAudit();
});
