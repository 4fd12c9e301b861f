import { describe, expect, test } from 'vitest';
import { topicOf } from '../../../firmware-protocol/mqtt/topics.ts';
import { FLOOD_NOTICE } from '../../../scripts/virtual-world/sayings.ts';
import { freshKey } from '../../../scripts/virtual-world/sim-server.ts';
import { DEVICE, SECOND, VILLAGE, World } from '../../../scripts/virtual-world/world.ts';

/** F32 at the hall: versions go up, signed by the roots trusted now. */
describe('key sets', () => {
  test('a later one is trusted, survives a reboot, and its keys may speak at once', async () => {
    const world = await up();
    const fresh = freshKey('server-2');
    world.server.trustKeys([world.server.scoped(world.server.key), world.server.scoped(fresh)]);
    await world.pass(SECOND);
    world.hall.powerOff();
    await world.up();
    expect(world.state().keys).toBe(2);
    const order = world.server.send(world.server.make({ ...FLOOD_NOTICE, to: ['43'] }, { key: fresh }), '43');
    await world.calmAndAudit();
    expect(world.begun(order.id)).toBe(2);
  });

  test('a key that is left out may speak no more', async () => {
    const world = await up();
    const fresh = freshKey('server-2');
    const { server } = world;
    server.trustKeys([server.scoped(server.key, { uses: ['time', 'receipt'] }), server.scoped(fresh)]);
    await world.pass(SECOND);
    const order = server.push(FLOOD_NOTICE, VILLAGE);
    await world.pass(5 * SECOND);
    expect(world.begun(order.id)).toBe(0);
    expect(world.refusals()).toEqual({ 'wrong-use': 1 });
  });

  test('the older one, another of the same version, and one that the roots did not sign are refused', async () => {
    const world = await up();
    const { server } = world;
    const first = server.keySet;
    server.trustKeys([server.scoped(server.key)]);
    await world.pass(SECOND);
    const offer = (document: object) =>
      world.broker.publish({
        topic: topicOf('keys', {}),
        payload: Buffer.from(JSON.stringify(document)),
        ...{ qos: 1, retained: true },
      });
    offer(first);
    offer({ ...server.keySet, keys: [] });
    offer({ ...server.keySet, keys: [{ ...server.keySet.keys[0], id: '\ud800' }] });
    offer({ ...server.keySet, version: 3 });
    offer({ ...server.keySet, version: 4, roots: [{ id: 'mine', public: first.keys[0]?.public }] });
    await world.pass(5 * SECOND);
    expect(world.refusals()).toEqual({ older: 3, 'too-few-signatures': 2 });
    expect(world.state().keys).toBe(2);
  });

  test('a set that was torn on the disk is not replaced by an older one', async () => {
    const world = await up();
    const { server } = world;
    server.trustKeys([server.scoped(server.key)]);
    const second = world.broker.retained(topicOf('keys', {}));
    server.trustKeys([server.scoped(server.key)]);
    await world.pass(SECOND);
    const third = world.broker.retained(topicOf('keys', {}));
    world.hall.powerOff();
    world.hall.disk.keys = undefined;
    if (second !== undefined) world.broker.publish(second);
    await world.up();
    expect(world.state().keys).toBe(1);
    expect(Object.keys(world.refusals())).toEqual(['older']);
    if (third !== undefined) world.broker.publish(third);
    await world.pass(5 * SECOND);
    expect(world.state().keys).toBe(3);
  });
});

async function up(): Promise<World> {
  const world = new World();
  await world.up();
  expect(world.hall.identity.device).toBe(DEVICE);
  return world;
}
