import { describe, expect, test } from 'vitest';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import { ORDER_LIMITS, type Order } from '../../firmware-protocol/content/order.ts';
import { signed } from '../../firmware-protocol/content/signature.ts';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { FLOOD_ALERT, FLOOD_NOTICE } from '../../scripts/virtual-world/sayings.ts';
import { freshKey } from '../../scripts/virtual-world/sim-server.ts';
import { HOUR, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

const TOPIC = topicOf('areaOrder', { zone: '43', area: VILLAGE });
const village = freshKey('village-head');
const retired = freshKey('retired');

/** F31: each row makes something that must never be heard, and says what it is refused as. */
const FORGERIES: Record<string, { as: string; bytes: (world: World) => string | Buffer }> = {
  'no JSON at all': { as: 'malformed', bytes: () => '{"format":1,' },
  'an array': { as: 'malformed', bytes: () => '[]' },
  'bad UTF-8': { as: 'malformed', bytes: () => Buffer.from([0x7b, 0x22, 0xff, 0x22, 0x7d]) },
  'a member missing': { as: 'malformed', bytes: (world) => without('announcement', notice(world)) },
  'a wrong type': { as: 'malformed', bytes: (world) => text({ ...notice(world), band: '60' }) },
  'an unknown kind': { as: 'malformed', bytes: (world) => text({ ...notice(world), kind: 'shout' }) },
  'another format': { as: 'not-understood', bytes: (world) => text({ ...notice(world), format: 2 }) },
  'crit that we do not know': {
    as: 'not-understood',
    bytes: (world) => text(world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE], crit: ['only_if_raining'] })),
  },
  'bytes without end': {
    as: 'too-large',
    bytes: (world) => text({ ...notice(world), padding: 'x'.repeat(ORDER_LIMITS.documentBytes) }),
  },
  'a key nobody listed': {
    as: 'unknown-key',
    bytes: (world) => text(world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE] }, { key: freshKey('mine') })),
  },
  'a listed name over another key': {
    as: 'bad-signature',
    bytes: (world) =>
      text(world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE] }, { key: freshKey('server-1') })),
  },
  'a word changed': {
    as: 'bad-signature',
    bytes: (world) => text(notice(world)).replace('โปรดระวัง', 'หนีเร็ว'),
  },
  'a member added': { as: 'bad-signature', bytes: (world) => text({ ...notice(world), more: 1 }) },
  'another band': { as: 'bad-signature', bytes: (world) => text({ ...notice(world), band: 40 }) },
  'a key that may not alert': {
    as: 'wrong-use',
    bytes: (world) => text(world.server.make({ ...FLOOD_ALERT, to: [VILLAGE] }, { key: village })),
  },
  'a band above the key': {
    as: 'band-too-high',
    bytes: (world) => text(world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE] }, { key: village })),
  },
  'an area above the key': {
    as: 'outside-area',
    bytes: (world) => text(world.server.make({ ...FLOOD_NOTICE, band: 40, to: ['43'] }, { key: village })),
  },
  'a key of last year': {
    as: 'key-not-valid-then',
    bytes: (world) => text(world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE] }, { key: retired })),
  },
  'for the village next door': {
    as: 'for-another',
    bytes: (world) => text(world.server.make({ ...FLOOD_NOTICE, to: ['43010103', 'device/hall-2'] })),
  },
  expired: { as: 'expired', bytes: (world) => text(between(world, -HOUR, -SECOND)) },
  'from the future': { as: 'too-early', bytes: (world) => text(between(world, 2 * MINUTE, HOUR)) },
  'for longer than an order may live': {
    as: 'too-long-lived',
    bytes: (world) => text(between(world, 0, 25 * HOUR)),
  },
};

describe('what was not said by who may say it', () => {
  test.each(Object.entries(FORGERIES))('%s', async (_name, { as, bytes }) => {
    const world = await guarded();
    world.broker.publish({ topic: TOPIC, payload: Buffer.from(bytes(world)), qos: 1, retained: false });
    await world.pass(MINUTE);
    expect(world.hall.witness.heard).toEqual([]);
    expect(world.refusals()).toEqual({ [as]: 1 });
  });

  test('a replay after it was heard, and after the claim was written in another life', async () => {
    const world = await guarded();
    const order = world.server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(MINUTE);
    world.server.send(order, VILLAGE);
    world.hall.powerOff();
    await world.up();
    world.server.send(order, VILLAGE);
    await world.pass(MINUTE);
    expect(world.begun(order.id)).toBe(2);
    await world.pass(HOUR);
    world.server.send(order, VILLAGE);
    await world.calmAndAudit();
    expect(world.begun(order.id)).toBe(2);
    expect(world.refusals()).toEqual({ seen: 2, expired: 1 });
  });

  test('a flood of forgeries: every one is counted, few are lines, and a true order is heard at once', async () => {
    const world = await guarded();
    const forged = Buffer.from(text({ ...notice(world), more: 1 }));
    for (let copy = 0; copy < 500; copy++)
      world.broker.publish({ topic: TOPIC, payload: forged, qos: 1, retained: false });
    const order = world.server.push(FLOOD_ALERT, VILLAGE);
    await world.pass(5 * SECOND);
    expect(world.hall.witness.onAir().map(({ play }) => play)).toEqual([order.id, order.id]);
    await world.calmAndAudit();
    expect(world.refusals()['bad-signature']).toBe(500);
    expect(world.server.events('hall-1').filter((event) => event.type === 'refused').length).toBeLessThan(10);
  });
});

/** A hall that also knows a village head's key and a key that has run out. */
async function guarded(): Promise<World> {
  const world = new World();
  const { server } = world;
  await world.up();
  server.trustKeys([
    server.scoped(server.key),
    server.scoped(village, { areas: [VILLAGE], uses: ['announce', 'stop'], max_band: 40 }),
    server.scoped(retired, { not_after: '2026-06-01T00:00:00+07:00' }),
  ]);
  await world.pass(SECOND);
  expect(world.state().keys).toBe(2);
  return world;
}

function notice(world: World): Order {
  return world.server.make({ ...FLOOD_NOTICE, to: [VILLAGE] });
}

/** A notice issued and expiring so long from now. */
function between(world: World, issued_ms: number, expires_ms: number): object {
  const now = world.time.wall();
  const { signature: _old, ...order } = notice(world);
  const times = { issued_at: instantOf(now + issued_ms), expires_at: instantOf(now + expires_ms) };
  return signed({ ...order, ...times }, world.server.key);
}

function without(member: string, order: Order): string {
  return JSON.stringify({ ...order, [member]: undefined });
}

function text(document: object): string {
  return JSON.stringify(document);
}
