import { expect, test, vi } from 'vitest';
import { type Turning, Watchdog } from '../../../device/supervision/watchdog.ts';
import { VirtualClock } from '../../../scripts/virtual-world/virtual-clock.ts';
import { silentLog } from '../../contract/ports/silent-log.ts';

const EVERY_MS = 30_000;

function watching(...turnings: Turning[]) {
  const clock = new VirtualClock(0);
  const supervisor = { everyMs: EVERY_MS, ready: vi.fn(), alive: vi.fn(), stopping: vi.fn(), says: vi.fn() };
  const watchdog = new Watchdog({ supervisor, clock, log: silentLog, turnings });
  watchdog.start();
  return { clock, watchdog, alive: supervisor.alive };
}

/** Goes round when it is let. */
function held() {
  let letGo = () => {};
  const turn = () =>
    new Promise<void>((resolve) => {
      letGo = resolve;
    });
  return { turn, release: () => letGo() };
}

test('what turns is told, thrice within the time of the supervisor', async () => {
  const { clock, alive } = watching({ what: 'store', withinMs: 100, turn: async () => {} });
  await clock.runTo(10 * EVERY_MS);
  expect(alive).toHaveBeenCalledTimes(31);
});

test('what fails turns all the same: a broken disk is no reason for a restart', async () => {
  const { clock, alive } = watching({
    what: 'store',
    withinMs: 100,
    turn: () => Promise.reject(new Error('x')),
  });
  await clock.runTo(2 * EVERY_MS);
  expect(alive).toHaveBeenCalledTimes(7);
});

test('an fsync of half a minute is fed (F8); one that never ends is not (F40)', async () => {
  const { turn, release } = held();
  const { clock, alive } = watching({ what: 'store', withinMs: 60_000, turn });
  await clock.runTo(59_000);
  const fed = alive.mock.calls.length;
  expect(fed).toBe(6);
  release();
  await clock.runTo(115_000);
  expect(alive.mock.calls.length).toBeGreaterThan(fed + 4);
  const before = alive.mock.calls.length;
  await clock.runTo(400_000);
  expect(alive.mock.calls.length - before).toBeLessThanOrEqual(1);
});

test('what was stuck and goes on is told again', async () => {
  const { turn, release } = held();
  const { clock, alive } = watching({ what: 'x', withinMs: 1_000, turn });
  await clock.runTo(300_000);
  const before = alive.mock.calls.length;
  release();
  await clock.runTo(310_000);
  expect(alive.mock.calls.length).toBeGreaterThan(before);
});

test('a stop ends it', async () => {
  const { clock, watchdog, alive } = watching();
  watchdog.stop();
  await clock.runTo(10 * EVERY_MS);
  expect(alive).toHaveBeenCalledTimes(1);
});
