import { describe, expect, test } from 'vitest';
import { ANTHEM, FLOOD_ALERT, FLOOD_NOTICE, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import { DAY, HOUR, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F9: a board without a clock battery wakes up in 1970, and nobody tells it the time. */
async function wokenIn1970(): Promise<World> {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [ANTHEM, MORNING_NEWS]);
  await world.pass(MINUTE);
  world.hall.powerOff();
  world.hall.setSystemError(-world.time.wall());
  world.server.answers = false;
  return world;
}

describe('boot in 1970', () => {
  test('without a network nothing plays by the wall clock, for days', async () => {
    const world = await wokenIn1970();
    world.broker.cutNetwork();
    world.hall.powerOn();
    await world.pass(3 * DAY);
    expect(world.hall.witness.heard).toEqual([]);
  });

  test('when the time comes after three hours the missed is reported once and the next one plays', async () => {
    const world = await wokenIn1970();
    world.hall.powerOn();
    await world.passUntil('2026-11-16T09:00:00+07:00');
    world.server.answers = true;
    await world.passUntil('2026-11-17T07:00:00+07:00');
    expect(world.ends(`${VILLAGE}/anthem-morning/20261116T080000`)).toEqual([
      'panel expired late',
      'tower expired late',
    ]);
    expect(world.begun(`${VILLAGE}/morning-news/20261117T063000`)).toBe(2);
    await world.calmAndAudit();
  });

  test('a live order needs the nonce of this boot', async () => {
    const world = await wokenIn1970();
    world.hall.powerOn();
    await world.pass(5 * SECOND);
    const { trust, boot_nonce } = world.state();
    expect(trust).toBe('none');
    const blind = world.server.push(FLOOD_ALERT, VILLAGE);
    const replayed = world.server.push({ ...FLOOD_ALERT, boot_nonce: 'of-another-boot' }, VILLAGE);
    const later = world.server.push(
      { ...FLOOD_ALERT, boot_nonce, start_at: '2026-11-16T06:05:00+07:00' },
      VILLAGE,
    );
    const live = world.server.push({ ...FLOOD_ALERT, boot_nonce }, VILLAGE);
    await world.pass(2 * MINUTE);
    expect([blind, replayed, later, live].map(({ id }) => world.begun(id))).toEqual([0, 0, 0, 2]);
    world.server.answers = true;
    await world.pass(HOUR);
    expect(world.refusals()).toEqual({ 'clock-unknown': 3 });
  });

  test('a stop needs no clock at all', async () => {
    const world = await wokenIn1970();
    world.hall.powerOn();
    await world.pass(5 * SECOND);
    const { boot_nonce } = world.state();
    const order = world.server.push({ ...FLOOD_NOTICE, boot_nonce }, VILLAGE);
    await world.pass(5 * SECOND);
    expect(world.hall.witness.onAir()).toHaveLength(2);
    world.server.push({ kind: 'stop', stops: 'everything' }, VILLAGE);
    await world.pass(SECOND);
    expect(world.hall.witness.onAir()).toEqual([]);
    world.server.answers = true;
    await world.calmAndAudit();
    expect(world.ends(order.id)).toEqual(['panel cancelled stopped', 'tower cancelled stopped']);
  });
});
