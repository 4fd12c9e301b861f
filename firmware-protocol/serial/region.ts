import { decodeDeflate, encodeDeflate } from './deflate.ts';
import { decodeRuns, type ENCODINGS, encodeRuns, PIXEL_BYTES } from './pixels.ts';

export type Encoding = keyof typeof ENCODINGS;

interface PixelCodec {
  encode(pixels: Uint8Array): Uint8Array;
  /** Exactly `count` pixels, or undefined. */
  decode(data: Uint8Array, count: number): Uint8Array | undefined;
}

/** How the pixels of a region travel, one row per encoding (SPEC 7). */
export const PIXEL_CODECS: Record<Encoding, PixelCodec> = {
  raw: {
    encode: (pixels) => pixels,
    decode: (data, count) => (data.length === count * PIXEL_BYTES ? data : undefined),
  },
  'run-length': { encode: encodeRuns, decode: decodeRuns },
  deflate: { encode: encodeDeflate, decode: decodeDeflate },
};

/** A place in a page or strip, pixels. */
export interface Place {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Whether a region has pixels and lies within a picture of this size. */
export function liesWithin(
  { x, y, width, height }: Place,
  within: { width: number; height: number },
): boolean {
  return width > 0 && height > 0 && x + width <= within.width && y + height <= within.height;
}
