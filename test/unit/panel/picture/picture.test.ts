import { expect, test } from 'vitest';
import { overlaid } from '../../../../device/panel/picture/overlay.ts';
import { forLamps, shownSize } from '../../../../device/panel/picture/picture.ts';
import { plain, ramp } from './bitmaps.ts';

const room = { width: 64, height: 32 };

test.each([
  ['a photo', { width: 800, height: 600 }, { width: 43, height: 32 }],
  ['a poster', { width: 600, height: 800 }, { width: 24, height: 32 }],
  ['made for the room', { width: 64, height: 32 }, { width: 64, height: 32 }],
  ['an icon, twice as large', { width: 16, height: 16 }, { width: 32, height: 32 }],
  ['an icon of odd size stays sharp', { width: 20, height: 20 }, { width: 20, height: 20 }],
  ['a hair', { width: 4_000, height: 1 }, { width: 64, height: 1 }],
])('%s', (_, picture, shown) => {
  expect(shownSize(picture, room)).toEqual(shown);
});

test('a still picture for lamps without shades uses all of its light; with shades it is left as it is', () => {
  const dull = { ...ramp(64, 8), rgb: ramp(64, 8).rgb.map((value) => 90 + Math.round(value / 4)) };
  const lit = (rgb: Uint8Array | undefined) => (rgb ?? []).filter((value) => value === 255).length;
  expect(lit(forLamps([dull], 'mono')[0]?.rgb)).toBeGreaterThan(
    lit(forLamps([dull, dull], 'rgb565')[0]?.rgb),
  );
});

test('what stands still in a moving picture is the same in each frame', () => {
  const [first, second] = forLamps([ramp(64, 8), ramp(64, 8)], 'rgb111');
  expect(second).toEqual(first);
});

test('a figure is laid over the page, what hangs out is left out', () => {
  const page = plain(3, 2, [1, 1, 1]);
  const figure = plain(2, 2, [9, 9, 9]);
  const red = (left: number, top: number) =>
    [...overlaid(page, figure, { left, top }).rgb].filter((_, at) => at % 3 === 0).join('');
  expect(red(1, 0)).toBe('199199');
  expect(red(-1, -1)).toBe('911111');
  expect(red(2, 1)).toBe('111119');
  expect(red(3, 0)).toBe('111111');
  expect(red(0, 5)).toBe('111111');
  expect(page).toEqual(plain(3, 2, [1, 1, 1]));
});
