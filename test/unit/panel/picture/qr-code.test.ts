import { describe, expect, test } from 'vitest';
import { encodeQr } from '../../../../device/drivers/pictures/qr-encoder.ts';
import { overlaid } from '../../../../device/panel/picture/overlay.ts';
import { drawQr, leastQrLamps, qrFor, qrLamps } from '../../../../device/panel/picture/qr-code.ts';
import { plain } from './bitmaps.ts';
import { readQr } from './qr-reading.ts';

const TEXTS = [
  'tel:1784',
  'https://ddc.moph.go.th',
  'สายด่วนน้ำท่วม ๑๗๘๔',
  'https://www.disaster.go.th/th/warning?p=43&d=01',
];

describe.each([
  ['64 x 64', 64, 64],
  ['128 x 64', 128, 64],
  ['192 x 96', 192, 96],
])('on a sign of %s', (_, width, height) => {
  test.each(TEXTS)('%s is read from the dark', (text) => {
    const symbol = qrFor(text, Math.min(width, height), encodeQr);
    if (symbol === undefined) throw new Error(`${text} does not fit ${height} lamps`);
    const sign = overlaid(plain(width, height, [0, 0, 0]), drawQr(symbol), { left: 1, top: 0 });
    for (const read of readQr(sign)) expect(read).toBe(text);
  });
});

test('a telephone number is read from a sign of 32 rows', () => {
  const symbol = qrFor('tel:1784', 32, encodeQr);
  if (symbol === undefined) throw new Error('does not fit');
  expect(qrLamps(symbol)).toBe(29);
  for (const read of readQr(drawQr(symbol))) expect(read).toBe('tel:1784');
});

test('two lamps a module where they fit, one where not, none is refused', () => {
  expect(qrFor('tel:1784', 58, encodeQr)?.lampsPerModule).toBe(2);
  expect(qrFor('tel:1784', 57, encodeQr)?.lampsPerModule).toBe(1);
  expect(qrFor('tel:1784', 29, encodeQr)?.lampsPerModule).toBe(1);
  expect(qrFor('tel:1784', 28, encodeQr)).toBeUndefined();
  expect(leastQrLamps('tel:1784', encodeQr)).toBe(29);
});

test('more error correction only where it costs no lamps', () => {
  // 20 bytes: version 2 at either correction.
  const both = 'https://ddc.go.th/12';
  expect(qrFor(both, 33, encodeQr)?.modules).toEqual(encodeQr(both, 'medium'));
  // 30 bytes: version 2 at low, 3 at medium.
  const lowOnly = 'https://ddc.moph.go.th/th/1234';
  expect(qrFor(lowOnly, 33, encodeQr)?.modules).toEqual(encodeQr(lowOnly, 'low'));
  expect(qrFor(lowOnly, 37, encodeQr)?.modules).toEqual(encodeQr(lowOnly, 'medium'));
});

test('the field is lit to four modules around, dark modules on it', () => {
  const symbol = { modules: [[true]], lampsPerModule: 2 };
  const { width, height, rgb } = drawQr(symbol);
  expect([width, height]).toEqual([18, 18]);
  const dark = Array.from({ length: 18 * 18 }, (_, lamp) => lamp).filter((lamp) => rgb[3 * lamp] === 0);
  expect(dark).toEqual([8 * 18 + 8, 8 * 18 + 9, 9 * 18 + 8, 9 * 18 + 9]);
});

test('what no QR code holds is refused, not thrown', () => {
  expect(encodeQr('ก'.repeat(2_000), 'low')).toBeUndefined();
  expect(qrFor('ก'.repeat(2_000), 500, encodeQr)).toBeUndefined();
});
