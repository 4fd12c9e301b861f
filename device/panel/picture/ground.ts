import type { Bitmap } from '../../sign-ports.ts';
import { LIGHT, luminanceAt, shadeOf } from './light.ts';

/** A picture with a fourth byte a pixel: 0 = nothing there, 255 = all of it. */
export interface Transparent {
  width: number;
  height: number;
  rgba: Uint8Array;
}

/** What is drawn with less light than this would not be seen on dark lamps. */
const DARK_INK_LIGHT = 0.08;

/**
 * Frames without holes. What is transparent stays dark, as the lamps around it are; but a drawing in dark ink is laid on a
 * lit field, for black on dark is nothing.
 */
export function onGround(frames: Transparent[]): Bitmap[] {
  const ground = isDarkInk(frames) ? 1 : 0;
  return frames.map(({ width, height, rgba }) => {
    const rgb = new Uint8Array(3 * width * height);
    for (let pixel = 0; pixel < width * height; pixel++) {
      const there = (rgba[4 * pixel + 3] ?? 0) / 255;
      for (let channel = 0; channel < 3; channel++) {
        const value = rgba[4 * pixel + channel] ?? 0;
        const light = there * (LIGHT[value] ?? 0) + (1 - there) * ground;
        rgb[3 * pixel + channel] = there === 1 ? value : shadeOf(light);
      }
    }
    return { width, height, rgb };
  });
}

function isDarkInk(frames: Transparent[]): boolean {
  let light = 0;
  let ink = 0;
  let pixels = 0;
  for (const { rgba } of frames) {
    for (let at = 0; at < rgba.length; at += 4) {
      const there = (rgba[at + 3] ?? 0) / 255;
      light += there * luminanceAt(rgba, at);
      ink += there;
      pixels += 1;
    }
  }
  const hasHoles = ink < pixels;
  return hasHoles && light < ink * DARK_INK_LIGHT;
}
