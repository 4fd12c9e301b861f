import type { Bitmap } from '../../../device/sign-ports.ts';

/** Change of light of each lamp, from -1 to 1, by its place. */
export type Ink = Map<number, number>;

const ROW = 4_096;
/** A change of less than half of a lamp's light is not seen beside the lamps around it. */
const SEEN = 0.5;

/** What a mark does to the lamps: those of the picture that are not as in the one without it. */
export function inkOf(marked: Bitmap, without: Bitmap): Ink {
  const ink: Ink = new Map();
  const width = Math.max(marked.width, without.width);
  for (let y = 0; y < marked.height; y++) {
    for (let x = 0; x < width; x++) {
      const change = lightAt(marked, x, y) - lightAt(without, x, y);
      if (change !== 0) ink.set(y * ROW + x, change);
    }
  }
  return ink;
}

/** Lamps of a mark that are seen. */
export function sizeOf(ink: Ink): number {
  return [...ink.values()].filter((change) => Math.abs(change) >= SEEN).length;
}

/**
 * Lamps by which two marks differ when laid over each other as well as they go, up to one lamp aside: that a mark stands one
 * lamp further to the left does not tell a reader which one it is. Not counted beyond `enough`.
 */
export function lampsApart(one: Ink, other: Ink, enough: number): number {
  return SHIFTS.reduce((least, shift) => Math.min(least, differing(one, other, shift, least)), enough);
}

const SHIFTS = [-1, 0, 1].flatMap((down) => [-1, 0, 1].map((right) => down * ROW + right));

function differing(one: Ink, other: Ink, shift: number, enough: number): number {
  let count = 0;
  for (const [at, change] of one) {
    if (count >= enough) return count;
    if (Math.abs(change - (other.get(at + shift) ?? 0)) >= SEEN) count++;
  }
  for (const [at, change] of other) {
    if (count >= enough) return count;
    if (!one.has(at - shift) && Math.abs(change) >= SEEN) count++;
  }
  return count;
}

function lightAt({ width, rgb }: Bitmap, x: number, y: number): number {
  return x < width ? (rgb[3 * (y * width + x)] ?? 0) / 255 : 0;
}
