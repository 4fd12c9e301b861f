import { describe, expect, test } from 'vitest';
import { BrightnessConfig } from '../../../device/config/lamps.ts';
import { nextLevel, SAFE_LEVEL, wantedLevel } from '../../../device/panel/brightness.ts';

const USUAL = BrightnessConfig.parse({});
const at = (time: string) => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return { minute: hours * 60 + minutes, lux: [], isAlert: false };
};
const light = (...lux: number[]) => ({ ...at('12:00'), lux, isAlert: false });

describe('by the hour', () => {
  test.each([
    ['00:00', 38],
    ['05:30', 38],
    ['06:00', 96],
    ['06:30', 153],
    ['12:00', 255],
    ['17:15', 192],
    ['19:00', 77],
    ['20:30', 58],
    ['23:59', 38],
  ])('at %s the usual table says %i', (time, level) => {
    expect(wantedLevel(USUAL, at(time))).toBe(level);
  });

  test('the last point of a day runs to the first of the next', () => {
    const rule = BrightnessConfig.parse({ hours: { '22:00': 100, '02:00': 0 } });
    expect(wantedLevel(rule, at('22:00'))).toBe(255);
    expect(wantedLevel(rule, at('00:00'))).toBe(128);
    expect(wantedLevel(rule, at('01:00'))).toBe(64);
    expect(wantedLevel(rule, at('02:00'))).toBe(0);
  });

  test('one point holds all day', () => {
    const rule = BrightnessConfig.parse({ hours: { '12:00': 40 } });
    for (const time of ['00:00', '12:00', '23:59']) expect(wantedLevel(rule, at(time))).toBe(102);
  });
});

describe('by the light', () => {
  test('more light is never answered by less', () => {
    const levels = [0, 1, 5, 20, 100, 800, 5_000, 10_000, 65_535].map((lux) =>
      wantedLevel(USUAL, light(lux)),
    );
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect([levels[0], levels.at(-1)]).toEqual([20, 255]);
  });

  test('the headlights of a car at night change nothing', () => {
    const night = wantedLevel(USUAL, light(3, 3, 3));
    expect(wantedLevel(USUAL, light(3, 3, 3, 9_000, 9_000))).toBe(night);
    expect(wantedLevel(USUAL, light(3, 3, 9_000, 9_000, 9_000))).toBeGreaterThan(night);
  });

  test('a hall that is told to go by the hour does', () => {
    const rule = BrightnessConfig.parse({ sensor: false });
    expect(wantedLevel(rule, light(3))).toBe(255);
  });
});

test('without time and light it is the safe middle', () => {
  expect(wantedLevel(USUAL, { lux: [], isAlert: false })).toBe(SAFE_LEVEL);
});

test('nothing exceeds the ceiling, and an alert reaches it', () => {
  const rule = BrightnessConfig.parse({ ceiling: 30 });
  expect(wantedLevel(rule, at('12:00'))).toBe(77);
  expect(wantedLevel(rule, light(60_000))).toBe(77);
  expect(wantedLevel(rule, { lux: [], isAlert: false })).toBe(77);
  expect(wantedLevel(rule, { ...at('00:00'), isAlert: true })).toBe(77);
  expect(wantedLevel(rule, at('00:00'))).toBe(38);
});

test('it goes in steps, but for the first level and for an alert', () => {
  expect(nextLevel(undefined, 200, false)).toBe(200);
  expect(nextLevel(100, 200, false)).toBe(132);
  expect(nextLevel(190, 100, false)).toBe(158);
  expect(nextLevel(100, 120, false)).toBe(120);
  expect(nextLevel(100, 108, false)).toBe(100);
  expect(nextLevel(100, 255, true)).toBe(255);
});

test.each([
  [{ ceiling: 101 }, 'ceiling'],
  [{ hours: {} }, 'hours'],
  [{ hours: { '24:00': 10 } }, 'hours.24:00'],
  [{ hours: { '12:00': -1 } }, 'hours.12:00'],
  [{ sensors: true }, ''],
])('a configuration like %j is refused at its place', (config, path) => {
  const read = BrightnessConfig.safeParse(config);
  expect(read.error?.issues.map((issue) => issue.path.join('.'))).toEqual([path]);
});
