import type { Bitmap } from '../../sign-ports.ts';

/** Clockwise, seen from the street. */
export type QuarterTurns = 0 | 1 | 2 | 3;

export interface Sides {
  width: number;
  height: number;
}

export interface Place {
  x: number;
  y: number;
}

/** What takes a turn back. */
export function backTurns(turns: QuarterTurns): QuarterTurns {
  const back = { 0: 0, 1: 3, 2: 2, 3: 1 } as const;
  return back[turns];
}

export function turnedSize({ width, height }: Sides, turns: QuarterTurns): Sides {
  return turns % 2 === 0 ? { width, height } : { width: height, height: width };
}

/** Where a pixel of a picture of `size` lies after the turn. */
export function turnedPlace({ x, y }: Place, { width, height }: Sides, turns: QuarterTurns): Place {
  const [right, bottom] = [width - 1 - x, height - 1 - y];
  switch (turns) {
    case 0:
      return { x, y };
    case 1:
      return { x: bottom, y: x };
    case 2:
      return { x: right, y: bottom };
    case 3:
      return { x: y, y: right };
  }
}

/**
 * The picture turned clockwise. One quarter turn of 3 x 2:
 *
 *     a b c      d a
 *     d e f  →   e b
 *                f c
 */
export function rotated(bitmap: Bitmap, turns: QuarterTurns): Bitmap {
  if (turns === 0) return bitmap;
  const size = turnedSize(bitmap, turns);
  const rgb = new Uint8Array(bitmap.rgb.length);
  for (let y = 0; y < bitmap.height; y++) {
    for (let x = 0; x < bitmap.width; x++) {
      const to = turnedPlace({ x, y }, bitmap, turns);
      const from = 3 * (y * bitmap.width + x);
      rgb.set(bitmap.rgb.subarray(from, from + 3), 3 * (to.y * size.width + to.x));
    }
  }
  return { ...size, rgb };
}
