import { expect, test } from 'vitest';
import { TrustedClock } from '../../../device/time/trusted-clock.ts';
import { WrongClock } from './wrong-clock.ts';

const TRUTH = Date.UTC(2026, 10, 13);
const BUILD = Date.UTC(2026, 9, 1);
const HOUR = 3_600_000;

test('boot in 1970: never before the floor, not trusted, and it goes (F9)', async () => {
  const system = new WrongClock(TRUTH, -TRUTH);
  const clock = new TrustedClock(system, BUILD);
  expect([clock.wall(), clock.trust()]).toEqual([BUILD, 'none']);
  await system.time.runTo(90_000);
  expect([clock.wall(), clock.trust()]).toEqual([BUILD + 90_000, 'none']);
  expect(clock.systemError()).toBeUndefined();
});

test('NTP after 90 s: followed, but no more than a clock that may be right', async () => {
  const system = new WrongClock(TRUTH, -TRUTH);
  const clock = new TrustedClock(system, BUILD);
  await system.time.runTo(90_000);
  system.offset_ms = 0;
  expect([clock.wall(), clock.trust()]).toEqual([TRUTH + 90_000, 'floor']);
});

test('with the server’s time no step of the system clock moves it (F10)', async () => {
  const system = new WrongClock(TRUTH, -TRUTH);
  const clock = new TrustedClock(system, BUILD);
  await system.time.runTo(1_000);
  clock.learn({ wall: TRUTH + 1_000, monotonic: 1_000, error_ms: 30 });
  for (const step of [50 * 365 * 24 * HOUR, HOUR, -HOUR, -600_000, -TRUTH]) {
    system.offset_ms = step;
    const before = clock.wall();
    await system.time.runTo(system.monotonic() + 1_000);
    expect(clock.wall() - before).toBe(1_000);
    expect(clock.wall()).toBe(system.time.wall());
    expect(clock.systemError()).toBe(step);
  }
  expect(clock.trust()).toBe('server');
});
