import { describe, expect, test } from 'vitest';
import { FLOOD_NOTICE, HOURLY_NOTE } from '../../scripts/virtual-world/sayings.ts';
import { DEVICE, HOUR, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F20, F21 with real time on the way: a slow line, a black hole, answers that come too late. */

async function hall(): Promise<World> {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [HOURLY_NOTE]);
  await world.pass(MINUTE);
  return world;
}

describe('a line of 64 kbit/s with three seconds there and back', () => {
  const SLOW = { up_ms: 1_500, delay_ms: 1_500, bytesPerSecond: 8_000 };

  test('carries orders, stops and the reports of a day without a line', async () => {
    const world = await hall();
    world.broker.cutNetwork();
    await world.pass(24 * HOUR);
    world.broker.suffer(SLOW);
    world.broker.restoreNetwork();
    await world.pass(6 * MINUTE);
    const order = world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(10 * SECOND);
    expect(world.hall.witness.onAir().length).toBeGreaterThan(0);
    world.server.push({ kind: 'stop', stops: order.id }, VILLAGE);
    await world.pass(SLOW.delay_ms + SECOND);
    expect(world.hall.witness.onAir()).toEqual([]);
    await world.pass(10 * MINUTE);
    expect(world.hall.disk.reports).toEqual([]);
    expect(world.hall.believed?.error_ms).toBeLessThan(3_000);
    await world.calmAndAudit();
  });

  test('is not taken for a dead one: the hall stays on it', async () => {
    const world = await hall();
    world.broker.suffer(SLOW);
    const before = world.broker.connections;
    await world.pass(4 * HOUR);
    expect(world.broker.connections).toBe(before);
    await world.calmAndAudit();
  });
});

describe('a black hole', () => {
  test('is dialled into seldom, and left soon when it is none any more', async () => {
    const world = await hall();
    world.broker.freezeNetwork();
    await world.pass(2 * MINUTE);
    const before = world.broker.dials;
    await world.pass(3 * HOUR);
    const dials = world.broker.dials - before;
    expect(dials).toBeGreaterThan(20);
    expect(dials).toBeLessThan(120);
    world.broker.restoreNetwork();
    await world.pass(6 * MINUTE);
    expect(world.state().boot).toBe(1);
    expect(world.server.events(DEVICE).filter(({ type }) => type === 'ended').length).toBeGreaterThanOrEqual(
      6,
    );
    await world.calmAndAudit();
  });

  test('that opens for ten seconds each minute lets through what it can, and nothing twice', async () => {
    const world = await hall();
    const order = world.server.push(FLOOD_NOTICE, VILLAGE, { life_ms: 2 * HOUR });
    for (let minute = 0; minute < 30; minute += 1) {
      world.broker.freezeNetwork();
      await world.pass(50 * SECOND);
      world.broker.restoreNetwork();
      await world.pass(10 * SECOND);
    }
    expect(world.ends(order.id)).toEqual(['panel finished', 'tower finished']);
    await world.calmAndAudit();
  });
});

describe('PUBACK after forty seconds, when nobody waits for it any more', () => {
  test('costs no report and no storm: each is stored once, and the line is not given up', async () => {
    const world = await hall();
    world.broker.suffer({ answer_ms: 40_000 });
    const before = { batches: world.server.batches, dials: world.broker.dials };
    const orders = [];
    for (let hour = 0; hour < 4; hour += 1) {
      orders.push(world.server.push(FLOOD_NOTICE, VILLAGE));
      await world.pass(HOUR);
    }
    for (const { id } of orders) expect(world.ends(id)).toEqual(['panel finished', 'tower finished']);
    expect(world.server.batches - before.batches).toBeLessThan(4 * 40);
    expect(world.broker.dials - before.dials).toBeLessThan(4);
    await world.calmAndAudit();
  });
});
