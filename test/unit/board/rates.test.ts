import { expect, test } from 'vitest';
import { BoardRates } from '../../../device/board/board-rates.ts';

const OFFERED = ['230400', '921600', '3000000'];
const MINUTE_MS = 60_000;

test('the highest rate is tried first; a board that can only the first has none to try', () => {
  const rates = new BoardRates();
  expect(rates.best(OFFERED, 0)).toBe(3_000_000);
  expect(rates.best([], 0)).toBeUndefined();
});

test('below one that failed nothing faster than half of it is tried, until a minute is over', () => {
  const rates = new BoardRates();
  rates.failed(3_000_000, 0);
  expect(rates.best([...OFFERED, '2000000'], 1)).toBe(921_600);
  rates.failed(921_600, 2);
  expect(rates.best(OFFERED, 3)).toBe(230_400);
  rates.failed(230_400, 4);
  expect(rates.best(OFFERED, 5)).toBeUndefined();
  expect(rates.best(OFFERED, MINUTE_MS * 5)).toBe(3_000_000);
});

test('patience grows from failure to failure, and ends at a day', () => {
  const rates = new BoardRates();
  let now = 0;
  const waits: number[] = [];
  for (let failure = 0; failure < 10; failure++) {
    rates.failed(3_000_000, now);
    const since = now;
    while (rates.best(OFFERED, now) !== 3_000_000) now += MINUTE_MS;
    waits.push((now - since) / MINUTE_MS);
  }
  expect(waits.slice(0, 4)).toEqual([1, 4, 16, 64]);
  expect(waits.at(-1)).toBe(24 * 60);
});
