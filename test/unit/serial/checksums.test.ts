import { inflateSync, crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pngOf } from '../../../device/panel/picture/png.ts';
import { stuff, stuffedBytes, unstuff } from '../../../firmware-protocol/serial/cobs.ts';
import { crc32, crcHex } from '../../../firmware-protocol/serial/crc32.ts';

test('the CRC-32 is that of zlib, and of the check value', () => {
  expect(crcHex(crc32(Buffer.from('123456789')))).toBe('cbf43926');
  fc.assert(fc.property(fc.uint8Array({ maxLength: 3_000 }), (bytes) => crc32(bytes) === zlibCrc32(bytes)));
});

test('stuffing leaves no zero, costs at most one byte in 254 and one, and is undone', () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 1_500 }),
    fc.integer({ min: 0, max: 1_100 }).map((length) => new Uint8Array(length).fill(7)),
    fc.integer({ min: 0, max: 600 }).map((length) => new Uint8Array(length)),
  );
  fc.assert(
    fc.property(bytes, (plain) => {
      const line = new Uint8Array(stuffedBytes(plain.length));
      const end = stuff(plain, line, 0);
      expect(end).toBeLessThanOrEqual(plain.length + 1 + Math.floor(plain.length / 254));
      expect(line.subarray(0, end).includes(0)).toBe(false);
      const length = unstuff(line, end);
      expect(line.subarray(0, length)).toEqual(plain);
    }),
    { numRuns: 500 },
  );
});

test('a picture of the sign is a PNG whose rows are the pixels', () => {
  const rgb = Uint8Array.of(255, 0, 0, 0, 255, 0);
  const png = pngOf({ width: 2, height: 1, rgb }, 2);
  expect(png.subarray(1, 4).toString('latin1')).toBe('PNG');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([4, 2]);
  const rows = inflateSync(png.subarray(41, png.length - 16));
  const row = [0, 255, 0, 0, 255, 0, 0, 0, 255, 0, 0, 255, 0];
  expect([...rows]).toEqual([...row, ...row]);
});
