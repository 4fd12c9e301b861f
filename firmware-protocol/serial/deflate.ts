import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PIXEL_BYTES } from './pixels.ts';

/** One raw DEFLATE stream (RFC 1951) of these pixels, as small as zlib makes it: half a millisecond for 128 x 64. */
export function encodeDeflate(pixels: Uint8Array): Uint8Array {
  return deflateRawSync(pixels, { level: 9, memLevel: 9 });
}

/** Exactly `count` pixels, or undefined when the stream is anything else (SPEC 7). Never throws, never holds more than that. */
export function decodeDeflate(data: Uint8Array, count: number): Uint8Array | undefined {
  const pixels = inflated(data, count * PIXEL_BYTES);
  if (pixels?.length !== count * PIXEL_BYTES) return undefined;
  // zlib does not mind bytes after the stream; one that ends in its last byte cannot do without it.
  return inflated(data.subarray(0, -1), count * PIXEL_BYTES) === undefined ? pixels : undefined;
}

function inflated(data: Uint8Array, maxOutputLength: number): Uint8Array | undefined {
  try {
    return Uint8Array.from(inflateRawSync(data, { maxOutputLength }));
  } catch {
    return undefined;
  }
}
