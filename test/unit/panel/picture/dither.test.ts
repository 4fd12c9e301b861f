import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boardPage } from '../../../../device/board/board-pixels.ts';
import { type Dither, dithered } from '../../../../device/panel/picture/dither.ts';
import { LIGHT } from '../../../../device/panel/picture/light.ts';
import type { Depth } from '../../../../device/sign-ports.ts';
import { anyBitmap, plain, ramp } from './bitmaps.ts';

const DEPTHS: Depth[] = ['mono', 'rgb111', 'rgb565'];
const DITHERS: Dither[] = ['ordered', 'diffused'];
const EVERY = DEPTHS.flatMap((depth) => DITHERS.map((dither) => [depth, dither] as const));

const repeated = (value: number, bits: number) => Math.round((value * 255) / (2 ** bits - 1));
const shades = (bits: number) =>
  new Set(Array.from({ length: 2 ** bits }, (_, step) => repeated(step, bits)));
const SHADES: Record<Depth, Set<number>[]> = {
  mono: [shades(1), shades(1), shades(1)],
  rgb111: [shades(1), shades(1), shades(1)],
  rgb565: [shades(5), shades(6), shades(5)],
};

const meanLight = (rgb: Uint8Array) => rgb.reduce((sum, value) => sum + (LIGHT[value] ?? 0), 0) / rgb.length;

describe.each(EVERY)('%s %s', (depth, dither) => {
  test('holds only what the lamps can show', () => {
    fc.assert(
      fc.property(anyBitmap, (bitmap) => {
        const { width, height, rgb } = dithered(bitmap, depth, dither);
        expect([width, height, rgb.length]).toEqual([bitmap.width, bitmap.height, bitmap.rgb.length]);
        rgb.forEach((value, at) => {
          expect(SHADES[depth][at % 3]?.has(value)).toBe(true);
          if (depth === 'mono') expect(value).toBe(rgb[at - (at % 3)]);
        });
      }),
    );
  });

  test.each([20, 64, 128, 188, 240])('grey %d gives as much light as before', (grey) => {
    const shown = dithered(plain(64, 64, [grey, grey, grey]), depth, dither);
    expect(meanLight(shown.rgb)).toBeCloseTo(LIGHT[grey] ?? 0, 1.7);
  });

  test('dark stays dark, full stays full', () => {
    for (const value of [0, 255]) {
      const picture = plain(9, 5, [value, value, value]);
      expect(dithered(picture, depth, dither)).toEqual(picture);
    }
  });

  test('what the lamps can show is left as it is', () => {
    const once = dithered(ramp(64, 8), depth, dither);
    expect(dithered(once, depth, dither)).toEqual(once);
  });
});

test('half of the values is a fifth of the light: of 64 lamps some 14 are lit', () => {
  const { rgb } = dithered(plain(8, 8, [128, 128, 128]), 'mono', 'ordered');
  expect(rgb.filter((value) => value === 255).length / 3).toBe(14);
});

test('each position of the pattern has a threshold of its own: a ramp lights one lamp after the other', () => {
  const counts = Array.from({ length: 256 }, (_, value) => {
    const { rgb } = dithered(plain(8, 8, [value, value, value]), 'mono', 'ordered');
    return rgb.filter((lamp) => lamp === 255).length / 3;
  });
  expect(new Set(counts).size).toBe(65);
});

test('pure red lights red lamps only, at every depth of colour', () => {
  for (const dither of DITHERS) {
    const { rgb } = dithered(plain(16, 16, [200, 0, 0]), 'rgb111', dither);
    expect(rgb.some((value, at) => at % 3 === 0 && value === 255)).toBe(true);
    expect(rgb.every((value, at) => at % 3 === 0 || value === 0)).toBe(true);
  }
});

test('RGB565 goes to the board without a change', () => {
  const shown = dithered(ramp(128, 4), 'rgb565', 'ordered');
  const { pixels } = boardPage(shown);
  const back = Array.from({ length: 128 * 4 }, (_, pixel) => {
    const word = ((pixels[2 * pixel] ?? 0) << 8) | (pixels[2 * pixel + 1] ?? 0);
    return [repeated(word >>> 11, 5), repeated((word >>> 5) & 63, 6), repeated(word & 31, 5)];
  }).flat();
  expect(back).toEqual([...shown.rgb]);
});
