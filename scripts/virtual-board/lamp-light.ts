import { PIXEL_BYTES } from '../../firmware-protocol/serial/pixels.ts';

/** RGB565 as RGB888: the low bits repeat the high ones, so that full stays full. */
export function rgbOf(pixels: Uint8Array): Uint8Array {
  const rgb = new Uint8Array((pixels.length / PIXEL_BYTES) * 3);
  for (let pixel = 0; pixel < pixels.length / PIXEL_BYTES; pixel++) {
    const high = pixels[pixel * PIXEL_BYTES] ?? 0;
    const low = pixels[pixel * PIXEL_BYTES + 1] ?? 0;
    const red = high >>> 3;
    const green = ((high & 0x07) << 3) | (low >>> 5);
    const blue = low & 0x1f;
    rgb.set([(red << 3) | (red >>> 2), (green << 2) | (green >>> 4), (blue << 3) | (blue >>> 2)], pixel * 3);
  }
  return rgb;
}
