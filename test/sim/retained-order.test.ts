import { expect, test } from 'vitest';
import { topicOf } from '../../firmware-protocol/mqtt/topics.ts';
import { ANTHEM, FLOOD_ALERT } from '../../scripts/virtual-world/sayings.ts';
import { MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F19: a retained command fires again at every connect, for ever. */
test('a retained order is refused at every connect and never heard', async () => {
  const world = new World();
  const alert = world.server.make({ ...FLOOD_ALERT, to: [VILLAGE] });
  const topic = topicOf('areaOrder', { zone: '43', area: VILLAGE });
  world.broker.publish({ topic, payload: Buffer.from(JSON.stringify(alert)), qos: 1, retained: true });
  await world.up();
  world.broker.cutNetwork();
  world.broker.restoreNetwork();
  await world.calmAndAudit();
  expect(world.begun(alert.id)).toBe(0);
  expect(world.refusals()).toEqual({ retained: 2 });
});

test('a stale retained programme is ignored by its version, and the same version is no news', async () => {
  const world = new World();
  await world.up();
  const topic = topicOf('areaProgramme', { zone: '43', area: VILLAGE });
  world.server.programme(VILLAGE, []);
  const stale = world.broker.retained(topic);
  world.server.programme(VILLAGE, [ANTHEM]);
  await world.pass(SECOND);
  if (stale !== undefined) world.broker.publish(stale);
  await world.pass(MINUTE);
  world.server.programme(VILLAGE, [ANTHEM]);
  for (let connect = 0; connect < 3; connect++) {
    world.broker.cutNetwork();
    world.broker.restoreNetwork();
    await world.pass(5 * MINUTE);
  }
  await world.calmAndAudit();
  expect(world.refusals()).toEqual({ older: 1 });
  const accepted = world.server.events('hall-1').filter((event) => event.type === 'programme');
  expect(accepted).toHaveLength(3);
});
