import { expect, test } from 'vitest';
import { toEvict } from '../../../device/media/eviction.ts';

const files = [
  { name: 'new', bytes: 40, usedAt: 30 },
  { name: 'old', bytes: 40, usedAt: 10 },
  { name: 'middle', bytes: 40, usedAt: 20 },
];

test.each([
  ['enough room', 120, [], []],
  ['the least recently used goes first', 119, [], ['old']],
  ['as many as it takes', 40, [], ['old', 'middle']],
  ['what is held on to stays', 40, ['old'], ['middle', 'new']],
  ['also when that is too much', 0, ['old', 'new'], ['middle']],
])('%s', (_name, budget, kept: string[], evicted) => {
  expect(toEvict(files, budget, ({ name }) => kept.includes(name))).toEqual(evicted);
});
