import { expect, test } from 'vitest';
import { ANTHEM, FLOOD_NOTICE, HOURLY_NOTE, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import { DAY, MONDAY_0600, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

test('in a quiet week every order and occurrence is heard once and proven once', {
  timeout: 120_000,
}, async () => {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [ANTHEM, MORNING_NEWS, HOURLY_NOTE]);
  for (let day = 0; day < 7; day++) {
    const order = world.server.push(FLOOD_NOTICE, '4301');
    await world.pass(DAY);
    expect(world.hall.witness.beginnings(order.id, 'tower')).toBe(1);
    expect(world.hall.witness.beginnings(order.id, 'panel')).toBe(1);
  }
  await world.calmAndAudit();
  world.invariants.auditProgramme(MONDAY_0600 + 60_000, MONDAY_0600 + 7 * DAY);
  world.expectNoBreach();
  const anthems = world.hall.witness.heard.filter(({ play }) => play.includes('anthem'));
  expect(anthems.filter(({ output }) => output === 'tower')).toHaveLength(7);
  for (const { from } of anthems.filter(({ output }) => output === 'tower'))
    expect(from % DAY).toBe(Date.parse('2026-11-16T08:00:00+07:00') % DAY);
});
