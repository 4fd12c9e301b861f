import { execFileSync, spawnSync } from 'node:child_process';
import { decodeQR } from 'qr/decode.js';
import { pngOf } from '../../../../device/panel/picture/png.ts';
import type { Bitmap } from '../../../../device/sign-ports.ts';

/** Lamps are seen as spots of several pixels by a phone. */
const PIXELS_PER_LAMP = 6;

/** zbarimg (Debian: zbar-tools) is nobody's relation; without it the package's own reader judges alone. */
const hasZbar = spawnSync('zbarimg', ['--version']).error === undefined;

/** What each reader sees on the sign: equal texts when all of them read it. */
export function readQr(sign: Bitmap): string[] {
  return [byPackage(sign), ...(hasZbar ? [byZbar(sign)] : [])];
}

function byPackage({ width, height, rgb }: Bitmap): string {
  const lamps = PIXELS_PER_LAMP;
  const data = new Uint8Array(3 * width * height * lamps ** 2);
  for (let pixel = 0; pixel < data.length / 3; pixel++) {
    const [x, y] = [pixel % (width * lamps), Math.floor(pixel / (width * lamps))];
    const from = 3 * (Math.floor(y / lamps) * width + Math.floor(x / lamps));
    data.set(rgb.subarray(from, from + 3), 3 * pixel);
  }
  return decodeQR({ width: width * lamps, height: height * lamps, data });
}

function byZbar(sign: Bitmap): string {
  const options = ['--quiet', '--raw', '-Sdisable', '-Sqrcode.enable', '-'];
  const input = pngOf(sign, PIXELS_PER_LAMP);
  // It complains of a missing D-Bus.
  return execFileSync('zbarimg', options, { input, stdio: ['pipe', 'pipe', 'ignore'] })
    .toString()
    .trimEnd();
}
