import { expect, test } from 'vitest';
import { MemoryGrowth } from '../../../../device/health/checks/memory-growth.ts';

const [MINUTE_MS, MIB] = [60_000, 1_024 * 1_024];

/** The growth after so many hours, MiB; a figure each minute. */
function after(hours: number, rssMib: (minute: number) => number): number | undefined {
  const growth = new MemoryGrowth();
  let grown: number | undefined;
  for (let minute = 0; minute <= hours * 60; minute += 1)
    grown = growth.take(minute * MINUTE_MS, rssMib(minute) * MIB);
  return grown === undefined ? undefined : Math.round(grown / MIB);
}

test('what comes in the first hours, and what garbage is, is no growth', () => {
  expect(after(1.9, () => 80)).toBeUndefined();
  expect(after(30, (minute) => 60 + Math.min(minute, 60) / 2 + (minute % 20))).toBe(0);
});

test('a leak of 3 MiB an hour is seen', () => {
  expect(after(30, (minute) => 80 + minute / 20 + (minute % 20))).toBe(84);
});
