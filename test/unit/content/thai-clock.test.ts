import { expect, test } from 'vitest';
import { thaiClock, thaiTime } from '../../../firmware-protocol/content/thai-clock.ts';

test.each([
  ['2026-11-13T18:30:59+07:00', '18.30 น.'],
  ['2026-12-31T17:00:00Z', '00.00 น.'],
])('the time at %s', (instant, time) => {
  expect(thaiTime(Date.parse(instant))).toBe(time);
});

test.each([
  ['06:30', '06.30'],
  ['06:00–06:10, 18:00–18:10', '06.00–06.10, 18.00–18.10'],
  ['06:30 และ 24:00', '06.30 และ 24.00'],
  ['06:30:15', '06:30:15'],
  ['รุ่น 1:05:00', 'รุ่น 1:05:00'],
])('times of day in a Thai text: %s', (text, written) => {
  expect(thaiClock(text)).toBe(written);
});
