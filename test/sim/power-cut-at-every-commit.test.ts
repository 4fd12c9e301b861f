import { describe, expect, test } from 'vitest';
import type { Cut } from '../../scripts/virtual-world/durable-disk.ts';
import { FLOOD_ALERT, FLOOD_NOTICE, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F1: the power goes at the n-th commit, just before or just after it is durable; ten seconds later it is back. */
async function live(commit: number, cut: Cut): Promise<World> {
  const world = new World({ seed: commit, startWall: Date.parse('2026-11-16T06:25:00+07:00') });
  world.hall.cutAt = { commit, cut };
  await up(world, 5 * SECOND);
  world.server.programme(VILLAGE, [MORNING_NEWS]);
  await up(world, 30 * SECOND);
  world.server.push(FLOOD_NOTICE, '4301');
  await up(world, 10 * SECOND);
  world.server.push({ ...FLOOD_ALERT, at_least_once: true }, 'th');
  await up(world, 2 * MINUTE);
  const unwanted = world.server.push(FLOOD_NOTICE, '4301');
  await up(world, 5 * SECOND);
  world.server.push({ kind: 'stop', stops: unwanted.id }, '4301');
  await up(world, 6 * MINUTE);
  await world.calmAndAudit(2 * MINUTE);
  return world;
}

/** Lets time pass; a hall whose power went is switched on again after ten seconds. */
async function up(world: World, ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= 5 * SECOND) {
    await world.pass(Math.min(left, 5 * SECOND));
    if (world.hall.isOn) continue;
    await world.pass(10 * SECOND);
    world.hall.powerOn();
  }
}

describe('the power goes at every single commit', { timeout: 120_000 }, () => {
  test.each<Cut>(['before it is durable', 'after it is durable'])('%s', async (cut) => {
    const undisturbed = (await live(0, cut)).hall.disk.commits;
    expect(undisturbed).toBeGreaterThan(20);
    for (let commit = 1; commit <= undisturbed; commit++) {
      const world = await live(commit, cut);
      expect(world.hall.isOn, `seed ${commit}`).toBe(true);
      const booted = world.server.events('hall-1').filter((event) => event.type === 'booted');
      expect(booted.length, `commit ${commit}`).toBeGreaterThanOrEqual(1);
    }
  });
});
