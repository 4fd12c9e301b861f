import { describe, expect, test } from 'vitest';
import { Programme } from '../../firmware-protocol/content/programme.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { FLOOD_ALERT, FLOOD_NOTICE, HOURLY_NOTE, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import { DEVICE, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F18: what was sent last may come first. */
describe('messages overtake each other', () => {
  test('a stop before its play: nothing is heard, and the server learns why', async () => {
    const world = new World();
    await world.up();
    const order = world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE] });
    world.server.push({ kind: 'stop', stops: order.id }, VILLAGE);
    await world.pass(MINUTE);
    world.server.send(order, VILLAGE);
    await world.calmAndAudit();
    expect(world.begun(order.id)).toBe(0);
    expect(world.ends(order.id)).toEqual(['panel cancelled stopped', 'tower cancelled stopped']);
  });

  test('a stop before its play, and the power goes in between', async () => {
    const world = new World();
    await world.up();
    const order = world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE] });
    world.server.push({ kind: 'stop', stops: order.id }, VILLAGE);
    await world.pass(SECOND);
    world.hall.powerOff();
    await world.pass(MINUTE);
    await world.up();
    world.server.send(order, VILLAGE);
    await world.calmAndAudit();
    expect(world.begun(order.id)).toBe(0);
  });

  test('a stop of everything silences what was said before it, not what is said after', async () => {
    const world = new World();
    await world.up();
    const before = world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE] });
    await world.pass(SECOND);
    world.server.push({ kind: 'stop', stops: 'everything' }, VILLAGE);
    await world.pass(SECOND);
    world.server.send(before, VILLAGE);
    const after = world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.calmAndAudit();
    expect([world.begun(before.id), world.begun(after.id)]).toEqual([0, 2]);
  });

  test('an alert ends by its all-clear alone', async () => {
    const world = new World();
    await world.up();
    const alert = world.server.push({ ...FLOOD_ALERT }, VILLAGE);
    await world.pass(5 * SECOND);
    const stop = world.server.push({ kind: 'stop', stops: alert.id }, VILLAGE);
    world.server.push({ kind: 'stop', stops: 'everything' }, VILLAGE);
    await world.pass(5 * SECOND);
    expect(world.hall.witness.onAir()).toHaveLength(2);
    world.server.push({ kind: 'all-clear', clears: alert.id }, VILLAGE);
    await world.pass(SECOND);
    expect(world.hall.witness.onAir()).toEqual([]);
    await world.calmAndAudit();
    expect(world.ends(stop.id)).toEqual(['panel rejected needs-all-clear', 'tower rejected needs-all-clear']);
    expect(world.ends(alert.id)).toEqual(['panel cancelled stopped', 'tower cancelled stopped']);
  });

  test('an all-clear before its alert', async () => {
    const world = new World();
    await world.up();
    const alert = world.server.make({ ...FLOOD_ALERT, to: ['th'] });
    world.server.push({ kind: 'stop', stops: alert.id }, VILLAGE);
    world.server.push({ kind: 'all-clear', clears: alert.id }, VILLAGE);
    await world.pass(MINUTE);
    world.server.send(alert, 'th');
    await world.calmAndAudit();
    expect(world.begun(alert.id)).toBe(0);
  });

  test('an old programme after the new one is refused', async () => {
    const world = new World();
    await world.up();
    const old = world.server.programme(VILLAGE, [HOURLY_NOTE]);
    await world.pass(SECOND);
    world.server.programme(VILLAGE, [MORNING_NEWS]);
    await world.pass(SECOND);
    const topic = topicOf('areaProgramme', { zone: VILLAGE.slice(0, 2), area: VILLAGE });
    const payload = Buffer.from(JSON.stringify(Programme.parse(old)));
    world.broker.publish({ topic, payload, qos: 1, retained: true });
    await world.calmAndAudit();
    expect(world.refusals()).toEqual({ older: 1 });
    expect(world.state().programmes).toEqual([{ area: VILLAGE, version: 2 }]);
  });

  test('a will of the last boot after the birth of this one has the lower boot number', async () => {
    const world = new World();
    await world.up();
    const topic = topicOf('presence', { zone: VILLAGE.slice(0, 2), device: DEVICE });
    const presences: unknown[] = [];
    const note = () => presences.push(JSON.parse(String(world.broker.retained(topic)?.payload)));
    note();
    world.hall.powerOff();
    note();
    world.hall.powerOn();
    await world.pass(5 * SECOND);
    note();
    expect(presences).toEqual([
      { state: 'online', boot: 1 },
      { state: 'offline', boot: 1 },
      { state: 'online', boot: 2 },
    ]);
  });
});
