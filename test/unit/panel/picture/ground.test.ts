import { expect, test } from 'vitest';
import { onGround, type Transparent } from '../../../../device/panel/picture/ground.ts';

const pixels = (...rgba: number[][]): Transparent => ({
  width: rgba.length,
  height: 1,
  rgba: Uint8Array.from(rgba.flat()),
});

test('what is transparent is dark, as the lamps around it', () => {
  const [shown] = onGround([pixels([255, 200, 0, 255], [9, 9, 9, 0])]);
  expect([...(shown?.rgb ?? [])]).toEqual([255, 200, 0, 0, 0, 0]);
});

test('a drawing in dark ink is laid on a lit field', () => {
  const [shown] = onGround([pixels([0, 0, 60, 255], [0, 0, 0, 0])]);
  expect([...(shown?.rgb ?? [])]).toEqual([0, 0, 60, 255, 255, 255]);
});

test('a dark photo without holes stays dark', () => {
  const [shown] = onGround([pixels([0, 0, 60, 255], [3, 3, 3, 255])]);
  expect([...(shown?.rgb ?? [])]).toEqual([0, 0, 60, 3, 3, 3]);
});

test('half transparent white gives half of the light, not half of the value', () => {
  const [shown] = onGround([pixels([255, 255, 255, 128])]);
  expect(shown?.rgb[0]).toBe(188);
});

test('all frames lie on the same ground', () => {
  const frames = onGround([pixels([0, 0, 0, 255], [0, 0, 0, 0]), pixels([0, 0, 0, 0], [0, 0, 0, 255])]);
  expect(frames.map(({ rgb }) => [...rgb])).toEqual([
    [0, 0, 0, 255, 255, 255],
    [255, 255, 255, 0, 0, 0],
  ]);
});
