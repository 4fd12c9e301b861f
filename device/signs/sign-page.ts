import { crc32, crcHex } from '../../firmware-protocol/serial/crc32.ts';
import { DeviceError } from '../errors.ts';
import type { Bitmap, Marquee, ShownPage } from '../sign-ports.ts';

export interface SignSize {
  width: number;
  height: number;
}

/** From here on a colour of a lamp that knows only lit and dark is lit. */
export const LIT_FROM = 128;

/** Throws `panel-refused` for a page of another size, as our own board does. */
export function checkSize(page: Bitmap, size: SignSize): void {
  if (page.width === size.width && page.height === size.height) return;
  throw new DeviceError('panel-refused', {
    why: 'other-size',
    configured: `${size.width}x${size.height}`,
    found: `${page.width}x${page.height}`,
  });
}

/** Throws `panel-cannot` where a strip was given to a sign that scrolls none. */
export function checkStill(marquee: Marquee | undefined): void {
  if (marquee !== undefined) throw cannot('marquee');
}

export function cannot(what: string): DeviceError {
  return new DeviceError('panel-cannot', { what });
}

/** @param held the pixels as the sign holds them, in whatever form they were sent. */
export function shownPage(held: Uint8Array): ShownPage {
  return { crc: crcHex(crc32(held)) };
}

/** Which of red, green and blue are lit at one pixel: bit 2, 1 and 0. */
export function litColours({ rgb }: Bitmap, pixel: number): number {
  let lit = 0;
  for (let colour = 0; colour < 3; colour++)
    lit = (lit << 1) | ((rgb[pixel * 3 + colour] ?? 0) >= LIT_FROM ? 1 : 0);
  return lit;
}
