import { expect, test } from 'vitest';
import { turningsOf } from '../../../device/agent/turnings.ts';
import { notice, setDesk } from './desk-stage.ts';

test('a watchdog that looks at the orders ends nobody’s wait for the clock', async () => {
  const { desk, take, told, clock, playout } = setDesk();
  told.trust = 'floor';
  const order = notice();
  expect(take(order)).toBeUndefined();
  const store = { waiting: async () => 0 };
  for (const turning of turningsOf({ store, orders: desk, playout }))
    if ('turn' in turning) await turning.turn();
  expect(told.refused).toEqual([]);
  told.trust = 'server';
  desk.clockKnown();
  await desk.idle();
  await clock.advance(100);
  expect(told.refused).toEqual([]);
  expect(playout.bandOf(order.id)).toBe(60);
});
