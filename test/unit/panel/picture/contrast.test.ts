import { expect, test } from 'vitest';
import { stretched } from '../../../../device/panel/picture/contrast.ts';
import { plain, ramp } from './bitmaps.ts';

const dull = (frame = ramp(64, 4)) => ({
  ...frame,
  rgb: frame.rgb.map((value) => 80 + Math.round(value / 3)),
});

test('a dull picture uses all of the light', () => {
  const [clear] = stretched([dull()]);
  expect(Math.min(...(clear?.rgb ?? []))).toBe(0);
  expect(Math.max(...(clear?.rgb ?? []))).toBe(255);
});

test('a plain ground is left alone', () => {
  const ground = [plain(8, 8, [100, 110, 120])];
  expect(stretched(ground)).toBe(ground);
});

test('a few odd pixels do not hold the others in the middle', () => {
  const picture = dull();
  picture.rgb.set([255, 255, 255], 0);
  const [clear] = stretched([picture]);
  expect(clear?.rgb.filter((value) => value === 255).length).toBeGreaterThan(3);
});

test('all frames by the same, so that what stands still does not flicker', () => {
  const [first, second] = stretched([dull(), plain(64, 4, [80, 80, 80])]);
  expect(second?.rgb[0]).toBe(first?.rgb[0]);
});
