import { expect, test } from 'vitest';
import {
  groupOf,
  groupTarget,
  hallOf,
  hallTarget,
  isArea,
  isCovered,
  withPicked,
  withTarget,
} from '../../../server/console/targets/target-set.ts';

test('a target says by its form whether it is an area, a hall or a group', () => {
  expect(hallOf(hallTarget('nong-khai-1'))).toBe('nong-khai-1');
  expect(groupOf(groupTarget('rim-khong'))).toBe('rim-khong');
  expect(hallOf('4301')).toBeUndefined();
  expect(['th', '4301', 'device/4301', 'group/43'].map(isArea)).toEqual([true, true, false, false]);
});

test('a hall goes in once, and out', () => {
  const once = withTarget(withTarget(['4301'], 'device/a-1', true), 'device/a-1', true);
  expect(once).toEqual(['4301', 'device/a-1']);
  expect(withTarget(once, 'device/a-1', false)).toEqual(['4301']);
});

test('a province that is picked replaces its districts, and is taken out by the next pick', () => {
  const picked = withPicked(['4301', 'device/a-1', '41'], '43', ['th']);
  expect(picked).toEqual(['device/a-1', '41', '43']);
  expect(withPicked(picked, '43', ['th'])).toEqual(['device/a-1', '41']);
});

test('of a province the account picks what it may speak to, and of others nothing', () => {
  expect(withPicked([], '43', ['4301', '4302', '4101'])).toEqual(['4301', '4302']);
  expect(withPicked(['4301'], '43', ['4301', '4302'])).toEqual(['4301', '4302']);
  expect(withPicked(['4301'], '10', ['4301'])).toEqual(['4301']);
});

test('a hall is covered by an area around it, never by a group or another hall', () => {
  expect(isCovered(['4301'], '43010102')).toBe(true);
  expect(isCovered(['group/43', 'device/43'], '43010102')).toBe(false);
});
