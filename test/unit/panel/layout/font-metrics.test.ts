import { expect, test } from 'vitest';
import { readFontMetrics } from '../../../../device/panel/layout/font-metrics.ts';
import { signFont } from './font.ts';

const font = signFont();

test('Thai marks have no width of their own', () => {
  expect(font.width('ที่', 24)).toBe(font.width('ท', 24));
  expect(font.width('น้ำ', 24)).toBeGreaterThan(font.width('น', 24));
});

test('every Thai letter and digit and all of ASCII is there', () => {
  const thai = Array.from({ length: 0x0e3a - 0x0e01 + 1 }, (_, index) => 0x0e01 + index);
  const rest = Array.from({ length: 0x0e5b - 0x0e3f + 1 }, (_, index) => 0x0e3f + index);
  const ascii = Array.from({ length: 0x7e - 0x20 + 1 }, (_, index) => 0x20 + index);
  const missing = [...thai, ...rest, ...ascii]
    .map((codePoint) => String.fromCodePoint(codePoint))
    .filter((character) => font.advance(character, 24) === undefined);
  expect(missing).toEqual([]);
});

test('what the font lacks is told, and counts as one em', () => {
  expect(font.advance('水', 24)).toBeUndefined();
  expect(font.width('水', 24)).toBe(24);
});

test('bytes that are no font are refused', () => {
  expect(() => readFontMetrics(new Uint8Array(64))).toThrow(RangeError);
});
