import { describe, expect, test } from 'vitest';
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

describe('after a slow answer of the server, wrong by a quarter of a second', () => {
  const slowly = async () => {
    const system = new WrongClock(TRUTH, 0);
    const clock = new TrustedClock(system, BUILD);
    await system.time.runTo(1_000);
    clock.learn({ wall: TRUTH + 1_250, monotonic: 1_000, error_ms: 300 });
    const ntp = (by: number, error_ms: number) =>
      clock.hear([{ name: 'ntp', wall: system.time.wall() + by, monotonic: system.monotonic(), error_ms }]);
    return { system, clock, ntp, wrongBy: () => clock.wall() - system.time.wall() };
  };

  test('the time is that of a time service that is surer, also when it falls silent, until the server proves it better', async () => {
    const { system, clock, ntp, wrongBy } = await slowly();
    expect(wrongBy()).toBe(250);
    ntp(2, 5);
    expect([wrongBy(), clock.trust()]).toEqual([2, 'full']);
    await system.time.runTo(61_000);
    clock.hear([]);
    expect(wrongBy()).toBe(2);
    clock.learn({ wall: system.time.wall() + 1, monotonic: system.monotonic(), error_ms: 3 });
    expect(wrongBy()).toBe(1);
  });

  test.each([
    ['lies beyond what the server proved', -60, 5],
    ['is less sure itself', 2, 500],
  ])('one that %s changes nothing', async (_, by, error_ms) => {
    const { ntp, wrongBy } = await slowly();
    ntp(by, error_ms);
    expect(wrongBy()).toBe(250);
  });

  test('what was surer goes with the answer that proves it wrong', async () => {
    const { system, clock, ntp, wrongBy } = await slowly();
    ntp(-40, 5);
    expect(wrongBy()).toBe(-40);
    clock.learn({ wall: system.time.wall() + 5, monotonic: system.monotonic(), error_ms: 10 });
    expect(wrongBy()).toBe(5);
  });
});
