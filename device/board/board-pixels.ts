import { PIXEL_BYTES } from '../../firmware-protocol/serial/pixels.ts';
import type { Bitmap } from '../sign-ports.ts';

/** A page as boards hold it: RGB565, high byte first, row by row. */
export interface BoardPage {
  width: number;
  height: number;
  pixels: Uint8Array;
}

/** The upper bits of each colour: what an LED sign shows of RGB888. */
export function boardPage({ width, height, rgb }: Bitmap): BoardPage {
  const pixels = new Uint8Array(width * height * PIXEL_BYTES);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const red = rgb[pixel * 3] ?? 0;
    const green = rgb[pixel * 3 + 1] ?? 0;
    const blue = rgb[pixel * 3 + 2] ?? 0;
    pixels[pixel * PIXEL_BYTES] = (red & 0xf8) | (green >>> 5);
    pixels[pixel * PIXEL_BYTES + 1] = ((green & 0x1c) << 3) | (blue >>> 3);
  }
  return { width, height, pixels };
}
