import { expect, test } from 'vitest';
import { ANTHEM, FLOOD_NOTICE, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import { DAY, MINUTE, MONDAY_0600, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** A month takes seconds on a machine of its own. */
const PATIENCE = { timeout: 120_000 };

/** It has the anthem and the news, and then no network. */
async function awayWithAProgramme(): Promise<World> {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [ANTHEM, MORNING_NEWS]);
  await world.pass(MINUTE);
  world.broker.cutNetwork();
  return world;
}

/** F49: thirty days without a network. */
test(
  'the programme carries the hall for thirty days, and every play is proven afterwards',
  PATIENCE,
  async () => {
    const world = await awayWithAProgramme();
    const expired = world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(30 * DAY);
    world.broker.restoreNetwork();
    await world.calmAndAudit();
    world.invariants.auditProgramme(MONDAY_0600 + MINUTE, MONDAY_0600 + 30 * DAY);
    world.expectNoBreach();
    expect(world.begun(expired.id)).toBe(0);
    const anthems = world.hall.witness.heard.filter(({ play }) => play.includes('anthem'));
    expect(anthems).toHaveLength(60);
  },
);

test(
  'a programme that changed while the hall was away is caught up with; until then the one it has is played',
  PATIENCE,
  async () => {
    const world = await awayWithAProgramme();
    await world.pass(10 * DAY);
    world.server.programme(VILLAGE, [MORNING_NEWS]);
    world.server.programme(VILLAGE, [ANTHEM]);
    await world.pass(20 * DAY);
    expect(world.begun(`${VILLAGE}/morning-news/20261215T063000`)).toBe(2);
    world.broker.restoreNetwork();
    await world.pass(20 * MINUTE);
    expect(world.state().programmes).toEqual([{ area: VILLAGE, version: 3 }]);
    await world.pass(DAY);
    expect(world.begun(`${VILLAGE}/morning-news/20261216T063000`)).toBe(0);
    expect(world.begun(`${VILLAGE}/anthem-morning/20261216T080000`)).toBe(2);
    await world.calmAndAudit();
  },
);

test('a power cut over a programme time is reported once, as late', async () => {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [ANTHEM, MORNING_NEWS]);
  await world.pass(MINUTE);
  world.hall.powerOff();
  await world.pass(3 * DAY + 4 * 3_600 * SECOND);
  await world.up();
  await world.calmAndAudit();
  world.invariants.auditProgramme(MONDAY_0600 + MINUTE, world.time.wall() - DAY / 4);
  world.expectNoBreach();
  expect(world.hall.witness.heard).toEqual([]);
  expect(world.ends(`${VILLAGE}/morning-news/20261117T063000`)).toEqual([
    'panel expired late',
    'tower expired late',
  ]);
});
