import { expect, test } from 'vitest';
import { FLOOD_NOTICE, MORNING_NEWS } from '../../scripts/virtual-world/sayings.ts';
import { HOUR, MINUTE, SECOND, VILLAGE, World } from '../../scripts/virtual-world/world.ts';

/** F20: nothing passes for an hour, and no connection is told of it. */
test('the programme plays on, what was sent in time plays when the line moves, and every report arrives', async () => {
  const world = new World();
  await world.up();
  world.server.programme(VILLAGE, [MORNING_NEWS]);
  await world.pass(20 * MINUTE);
  world.broker.freezeNetwork();
  const expired = world.server.push(FLOOD_NOTICE, VILLAGE);
  const long = world.server.push(FLOOD_NOTICE, VILLAGE, { life_ms: 3 * HOUR });
  await world.pass(HOUR);
  const news = `${VILLAGE}/morning-news/20261116T063000`;
  expect(world.begun(news)).toBe(2);
  expect(world.ends(news)).toEqual([]);
  expect(world.begun(long.id)).toBe(0);
  world.broker.restoreNetwork();
  await world.pass(5 * MINUTE);
  expect(world.ends(news)).toEqual(['panel finished', 'tower finished']);
  expect(world.ends(long.id)).toEqual(['panel finished', 'tower finished']);
  expect(world.begun(expired.id)).toBe(0);
  await world.calmAndAudit();
});

test('a line that stands still for twenty seconds is not even noticed', async () => {
  const world = new World();
  await world.up();
  const before = world.broker.connections;
  world.broker.freezeNetwork();
  const order = world.server.push(FLOOD_NOTICE, VILLAGE);
  await world.pass(20 * SECOND);
  world.broker.restoreNetwork();
  await world.pass(MINUTE);
  expect(world.ends(order.id)).toEqual(['panel finished', 'tower finished']);
  expect(world.broker.connections).toBe(before);
});
