import type { Bitmap, Depth } from '../../sign-ports.ts';
import { type Lamps, lampsOf, shareOf, stepBelow } from './lamps.ts';
import { LIGHT, luminanceAt } from './light.ts';

/** `ordered`: by a fixed pattern, steady from frame to frame. `diffused`: each error goes to the neighbours, finer. */
export type Dither = 'ordered' | 'diffused';

/** The picture with only what lamps of this depth can show, mixed in light so that it is as bright as before. */
export function dithered(bitmap: Bitmap, depth: Depth, dither: Dither): Bitmap {
  const lamps = lampsOf(depth);
  const light = lightsOf(bitmap, depth);
  const steps = dither === 'ordered' ? ordered(light, bitmap.width, lamps) : diffused(light, bitmap, lamps);
  return { ...sizeOf(bitmap), rgb: depth === 'mono' ? tripled(steps) : steps };
}

/**
 * Chosen by looking at a face, a warning sign and a moving hand at 32, 64 and 96 rows. In shades both look the same, and
 * the pattern took a tenth to a quarter fewer bytes on the line. Lamps without shades show eyes and edges only when errors are
 * diffused; but in a moving picture what stands still would crawl.
 */
export function usualDither(depth: Depth, isMoving: boolean): Dither {
  return depth === 'rgb565' || isMoving ? 'ordered' : 'diffused';
}

/** Light 0-1 of each lamp, pixel by pixel. */
function lightsOf({ rgb }: Bitmap, depth: Depth): Float32Array {
  if (depth !== 'mono') return Float32Array.from(rgb, (value) => LIGHT[value] ?? 0);
  return Float32Array.from({ length: rgb.length / 3 }, (_, pixel) => luminanceAt(rgb, 3 * pixel));
}

/** Bayer's matrix of 8 x 8, each number once: the positions light up as far from one another as can be. */
const PATTERN_SIDE = 8;
const PATTERN = Float32Array.from({ length: PATTERN_SIDE ** 2 }, (_, at) => {
  const [x, y] = [at % PATTERN_SIDE, Math.floor(at / PATTERN_SIDE)];
  let rank = 0;
  for (let bit = 0; bit < 3; bit++) {
    const [bitX, bitY] = [(x >> bit) & 1, (y >> bit) & 1];
    rank = (rank << 2) | ((bitX ^ bitY) << 1) | bitY;
  }
  return (rank + 0.5) / PATTERN_SIDE ** 2;
});

function ordered(lights: Float32Array, width: number, lamps: Lamps): Uint8Array {
  const shown = new Uint8Array(lights.length);
  const perRow = width * lamps.length;
  for (let at = 0; at < lights.length; at++) {
    const lamp = lamps[at % lamps.length];
    if (lamp === undefined) continue;
    const [x, y] = [Math.floor((at % perRow) / lamps.length), Math.floor(at / perRow)];
    const threshold = PATTERN[(y % PATTERN_SIDE) * PATTERN_SIDE + (x % PATTERN_SIDE)] ?? 0;
    const light = lights[at] ?? 0;
    const step = stepBelow(lamp, light);
    shown[at] = lamp.values[shareOf(lamp, step, light) > threshold ? step + 1 : step] ?? 0;
  }
  return shown;
}

/** Who gets how much of an error (Floyd and Steinberg, 1976); `ahead` is the way the row is walked. */
const SHARES = [
  { ahead: 1, down: 0, share: 7 / 16 },
  { ahead: -1, down: 1, share: 3 / 16 },
  { ahead: 0, down: 1, share: 5 / 16 },
  { ahead: 1, down: 1, share: 1 / 16 },
] as const;

/** Rows are walked there and back, so that no grain runs one way. */
function diffused(lights: Float32Array, { width, height }: Bitmap, lamps: Lamps): Uint8Array {
  const shown = new Uint8Array(lights.length);
  const wanted = Float32Array.from(lights);
  for (let y = 0; y < height; y++) {
    const way = y % 2 === 0 ? 1 : -1;
    for (let walked = 0; walked < width; walked++) {
      const x = way === 1 ? walked : width - 1 - walked;
      lamps.forEach((lamp, channel) => {
        const at = (y * width + x) * lamps.length + channel;
        const light = wanted[at] ?? 0;
        const step = stepBelow(lamp, light);
        const nearest = shareOf(lamp, step, light) > 0.5 ? step + 1 : step;
        shown[at] = lamp.values[nearest] ?? 0;
        const error = light - (lamp.lights[nearest] ?? 0);
        for (const { ahead, down, share } of SHARES) {
          const to = { x: x + way * ahead, y: y + down };
          if (to.x < 0 || to.x >= width || to.y >= height) continue;
          const neighbour = (to.y * width + to.x) * lamps.length + channel;
          wanted[neighbour] = (wanted[neighbour] ?? 0) + error * share;
        }
      });
    }
  }
  return shown;
}

function tripled(values: Uint8Array): Uint8Array {
  return Uint8Array.from({ length: values.length * 3 }, (_, at) => values[Math.floor(at / 3)] ?? 0);
}

function sizeOf({ width, height }: Bitmap): { width: number; height: number } {
  return { width, height };
}
