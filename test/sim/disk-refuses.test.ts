import { expect, test } from 'vitest';
import { ANTHEM, FLOOD_ALERT, FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F5, F6: when the hall boots, the disk is full, or read-only after a power cut; hours later it is mended. */
test.each(['store-full', 'store-failed'] as const)(
  'a hall that boots on a disk that says %s sounds alerts, obeys stops, and recovers by itself',
  async (refuses) => {
    const world = new World();
    await world.up();
    world.server.programme(VILLAGE, [ANTHEM]);
    await world.pass(MINUTE);
    world.hall.powerOff();
    world.hall.disk.refuses = refuses;
    await world.up();

    const alert = world.server.push(FLOOD_ALERT, VILLAGE);
    const notice = world.server.push(FLOOD_NOTICE, VILLAGE, { life_ms: 10 * MINUTE });
    await world.pass(10 * SECOND);
    expect(world.hall.witness.onAir().map(({ play }) => play)).toEqual([alert.id, alert.id]);
    expect(world.begun(notice.id)).toBe(0);
    expect(world.state().warnings).toEqual([refuses]);
    world.server.push({ kind: 'all-clear', clears: alert.id }, VILLAGE);
    await world.pass(SECOND);
    expect(world.hall.witness.onAir()).toEqual([]);
    await world.pass(15 * MINUTE);

    world.hall.disk.refuses = undefined;
    await world.passUntil('2026-11-16T08:10:00+07:00');
    expect(world.begun(`${VILLAGE}/anthem-morning/20261116T080000`)).toBe(2);
    expect(world.state().warnings).toEqual([]);
    expect(world.hall.disk.facts.get('boot')).toBe('2');
    await world.calmAndAudit();
  },
);
