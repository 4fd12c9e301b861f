import { expect, test } from 'vitest';
import { FORGETTING_TIMES, Forgetting } from '../../../device/orders/forgetting.ts';
import type { Here } from '../../../device/orders/here.ts';
import { DurableDisk, SimStore } from '../../../scripts/virtual-world/durable-disk.ts';
import { Life } from '../../../scripts/virtual-world/life.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { DAY, DEVICE, VILLAGE, World } from '../../../scripts/virtual-world/world.ts';

function forgetting(world: World, error: () => number) {
  const time = new VirtualClock(world.time.wall());
  const life = new Life(time, error);
  const disk = new DurableDisk();
  const store = new SimStore(disk, life, () => undefined);
  const here = (): Here => ({
    ...{ device: DEVICE, village: VILLAGE, keys: world.server.keySet, bootNonce: '' },
    ...{ now: life.clock.wall(), trust: 'server' },
  });
  const failed = (problem: unknown) => {
    throw problem;
  };
  new Forgetting({ here, clock: life.clock, store, failed }).start();
  const claimedAt = (at: number) =>
    disk.apply({
      claims: [
        {
          play: `play-${at}`,
          output: 'tower',
          boot: 1,
          at,
          keep_until: at,
          state: 'ended',
          outcome: 'finished',
        },
      ],
    });
  return { time, disk, claimedAt, start: time.wall() };
}

test('claims are forgotten some days after they can no longer matter', async () => {
  const { time, disk, claimedAt, start } = forgetting(new World(), () => 0);
  claimedAt(start);
  await time.runTo(FORGETTING_TIMES.keep_ms);
  expect(disk.claims.size).toBe(1);
  await time.runTo(FORGETTING_TIMES.keep_ms + 2 * DAY);
  expect(disk.claims.size).toBe(0);
});

test('a clock that jumps by fifty years makes nothing forgotten', async () => {
  let error = 0;
  const { time, disk, claimedAt, start } = forgetting(new World(), () => error);
  await time.runTo(2 * DAY);
  claimedAt(start + 2 * DAY);
  error = 50 * 365 * DAY;
  await time.runTo(5 * DAY);
  expect(disk.claims.size).toBe(1);
});
