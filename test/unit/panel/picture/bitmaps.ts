import fc from 'fast-check';
import type { Bitmap } from '../../../../device/sign-ports.ts';

/** A picture of one colour. */
export function plain(width: number, height: number, colour: [number, number, number]): Bitmap {
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, at) => colour[at % 3] ?? 0);
  return { width, height, rgb };
}

/** Grey from dark on the left to full on the right. */
export function ramp(width: number, height: number): Bitmap {
  const rgb = Uint8Array.from({ length: 3 * width * height }, (_, at) =>
    Math.round(((Math.floor(at / 3) % width) * 255) / (width - 1)),
  );
  return { width, height, rgb };
}

/** Anything. */
export const anyBitmap = fc
  .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) })
  .chain(({ width, height }) =>
    fc
      .uint8Array({ minLength: 3 * width * height, maxLength: 3 * width * height })
      .map((rgb): Bitmap => ({ width, height, rgb })),
  );
