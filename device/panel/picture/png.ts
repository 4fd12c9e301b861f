import { deflateSync } from 'node:zlib';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';

const SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
const EIGHT_BIT_RGB = Uint8Array.of(8, 2, 0, 0, 0);

/**
 * A PNG file (W3C PNG 3rd edition, clauses 5 and 11) of RGB888 pixels, row by row from the top left.
 * @param scale each pixel becomes a square of so many.
 */
export function pngOf(
  { width, height, rgb }: { width: number; height: number; rgb: Uint8Array },
  scale = 1,
): Buffer {
  const rowBytes = 1 + width * scale * 3;
  const rows = Buffer.alloc(rowBytes * height * scale);
  for (let y = 0; y < height * scale; y++) {
    for (let x = 0; x < width * scale; x++) {
      const from = (Math.floor(y / scale) * width + Math.floor(x / scale)) * 3;
      rows.set(rgb.subarray(from, from + 3), y * rowBytes + 1 + x * 3);
    }
  }
  const size = Buffer.alloc(8);
  size.writeUInt32BE(width * scale, 0);
  size.writeUInt32BE(height * scale, 4);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', Buffer.concat([size, EIGHT_BIT_RGB])),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const frame = Buffer.alloc(8);
  frame.writeUInt32BE(data.length, 0);
  frame.writeUInt32BE(crc32(named), 4);
  return Buffer.concat([frame.subarray(0, 4), named, frame.subarray(4)]);
}
