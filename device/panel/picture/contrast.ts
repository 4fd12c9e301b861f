import type { Bitmap } from '../../sign-ports.ts';

/** Of the pixels, how many may become all dark or all lit: the few that would hold the rest in the middle. */
const CLIPPED_SHARE = 0.02;
/** A picture of less contrast than this is one on purpose, a plain ground or a haze: pulled apart it is only grain. */
const LEAST_SPAN = 64;

/**
 * The values pulled apart so that the darkest are dark and the brightest full, all colours and all frames by the same. For
 * lamps that are lit or dark: they have no shades to show a dull photo with.
 */
export function stretched(frames: Bitmap[]): Bitmap[] {
  const { low, high } = spanOf(frames);
  if (high - low < LEAST_SPAN) return frames;
  const scale = 255 / (high - low);
  const table = Uint8Array.from({ length: 256 }, (_, value) =>
    Math.round(Math.min(255, Math.max(0, (value - low) * scale))),
  );
  return frames.map((frame) => ({ ...frame, rgb: frame.rgb.map((value) => table[value] ?? 0) }));
}

/** By the strongest colour of each pixel: a pure red is as bright as its lamp goes. */
function spanOf(frames: Bitmap[]): { low: number; high: number } {
  const counts = new Uint32Array(256);
  for (const { rgb } of frames) {
    for (let at = 0; at < rgb.length; at += 3) {
      const strongest = Math.max(rgb[at] ?? 0, rgb[at + 1] ?? 0, rgb[at + 2] ?? 0);
      counts[strongest] = (counts[strongest] ?? 0) + 1;
    }
  }
  const clipped = counts.reduce((sum, count) => sum + count, 0) * CLIPPED_SHARE;
  return { low: beyond(counts, clipped), high: 255 - beyond(counts.toReversed(), clipped) };
}

/** The first value with which more than `clipped` pixels are counted. */
function beyond(counts: Uint32Array, clipped: number): number {
  let counted = 0;
  for (const [value, count] of counts.entries()) {
    counted += count;
    if (counted > clipped) return value;
  }
  return 255;
}
