import { describe, expect, test } from 'vitest';
import { liveThrough } from '../../scripts/virtual-world/fate.ts';

/** `PRAKAT_SEEDS=from-to` looks further than the quick run; a failure names its seed. */
const [FIRST = 1, LAST = FIRST] = (process.env.PRAKAT_SEEDS ?? '1-5').split('-').map(Number);
const SEEDS = Array.from({ length: LAST - FIRST + 1 }, (_, index) => FIRST + index);

/** Seconds on a machine of its own; others may be at work on it. */
const PATIENCE = { timeout: 120_000 };

describe('two days of anything', () => {
  test.each(SEEDS)('seed %i', PATIENCE, async (seed) => {
    const lived = await liveThrough({ seed, days: 2, happeningsADay: 30, powerCutsADay: 0 });
    expect(lived.played, `seed ${seed}`).toBeGreaterThan(10);
  });
});

/** F50, the short form; `prakat bench world --years 1` is the long one. */
test('ten days over the new year, with three power cuts a day and a line as it comes', PATIENCE, async () => {
  const startWall = Date.parse('2027-12-26T06:00:00+07:00');
  const lived = await liveThrough({ seed: 50, days: 10, happeningsADay: 6, powerCutsADay: 3, startWall });
  expect(lived.played).toBeGreaterThan(100);
  for (const [where, cuts] of Object.entries(lived.killPoints)) expect(cuts, where).toBeGreaterThan(0);
});
