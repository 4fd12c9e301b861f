import type { Bitmap } from '../../sign-ports.ts';

/**
 * A page as the lamps shine it: of shades the upper bits of each colour, the low bits repeating the high ones, so that full stays
 * full. What is lit or dark, as on signs of fewer colours, stays as it is.
 */
export function onLamps(page: Bitmap): Bitmap {
  const rgb = new Uint8Array(page.rgb.length);
  for (let at = 0; at < rgb.length; at += 3) {
    rgb[at] = fiveBits(page.rgb[at] ?? 0);
    rgb[at + 1] = sixBits(page.rgb[at + 1] ?? 0);
    rgb[at + 2] = fiveBits(page.rgb[at + 2] ?? 0);
  }
  return { ...page, rgb };
}

function fiveBits(value: number): number {
  return (value & 0xf8) | (value >>> 5);
}

function sixBits(value: number): number {
  return (value & 0xfc) | (value >>> 6);
}
