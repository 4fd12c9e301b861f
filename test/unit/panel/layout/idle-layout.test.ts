import { describe, expect, test } from 'vitest';
import { layoutIdle } from '../../../../device/panel/layout/idle-layout.ts';
import { extentOf } from '../../../../device/panel/layout/line-extent.ts';
import { thaiDates } from '../../../../device/panel/layout/thai-date.ts';
import { thaiTime } from '../../../../firmware-protocol/content/thai-clock.ts';
import { signFont } from './font.ts';

const measure = signFont().width;
const at = Date.parse('2026-11-19T18:30:00+07:00');
const words = { time: thaiTime(at), dates: thaiDates(at), place: 'บ้านโนนสว่าง' };
const texts = (width: number, height: number) =>
  layoutIdle(words, { width, height }, measure).lines.map(({ text }) => text);

describe.each([
  [64, 16],
  [64, 32],
  [96, 16],
  [96, 48],
  [128, 64],
  [192, 96],
  [256, 128],
])('on %ix%i', (width, height) => {
  test('the time is there, and all of it inside the sign', () => {
    const { lines } = layoutIdle(words, { width, height }, measure);
    expect(lines[0]?.text).toBe('18.30 น.');
    for (const line of lines) {
      const { above, below } = extentOf(line.text, line.px);
      expect(line.left).toBeGreaterThanOrEqual(0);
      expect(line.left + measure(line.text, line.px)).toBeLessThanOrEqual(width);
      expect(line.baseline - above).toBeGreaterThanOrEqual(0);
      expect(line.baseline + below).toBeLessThanOrEqual(height);
    }
  });

  test('without a time the village still stands there', () => {
    const { lines } = layoutIdle({ dates: [], place: 'บ้านโนนสว่าง' }, { width, height }, measure);
    expect(lines.length).toBeGreaterThan(0);
  });
});

test('the year is given where there is room, the place too', () => {
  expect(texts(128, 64)).toEqual(['18.30 น.', expect.stringContaining('2569'), 'บ้านโนนสว่าง']);
  expect(texts(192, 96)).toEqual(['18.30 น.', expect.stringContaining('2569'), 'บ้านโนนสว่าง']);
});

test('a larger sign has a larger clock', () => {
  const clock = (width: number, height: number) =>
    layoutIdle(words, { width, height }, measure).lines[0]?.px ?? 0;
  expect(clock(192, 96)).toBeGreaterThan(clock(128, 64));
});

test('one module of 32x16 tells the time in digits alone', () => {
  expect(texts(32, 16)).toEqual(['18.30']);
});
