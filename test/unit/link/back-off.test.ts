import { expect, test } from 'vitest';
import { fullJitter } from '../../../device/link/back-off.ts';

const range = { base_ms: 1_000, cap_ms: 60_000 };
const random = (fraction: number) => ({ fraction: () => fraction });

test('waits between nothing and a bound that doubles up to the cap', () => {
  const bounds = [0, 1, 2, 6, 7, 1_000_000].map(
    (attempt) => fullJitter(range, attempt, random(0.999999)) + 1,
  );
  expect(bounds).toEqual([1_000, 2_000, 4_000, 60_000, 60_000, 60_000]);
  expect(fullJitter(range, 5, random(0))).toBe(0);
});
