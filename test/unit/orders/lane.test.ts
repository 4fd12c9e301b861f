import { expect, test } from 'vitest';
import { Lane } from '../../../device/orders/lane.ts';

test('works in order, one at a time, and not in the stack of the caller', async () => {
  const seen: string[] = [];
  const lane = new Lane<number>(
    8,
    async (item) => {
      seen.push(`begin ${item}`);
      await Promise.resolve();
      seen.push(`end ${item}`);
    },
    () => {},
  );
  expect([1, 2].map((item) => lane.offer(item))).toEqual([true, true]);
  expect(seen).toEqual([]);
  await lane.idle();
  expect(seen).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);
});

test('holds no more than its limit', async () => {
  const lane = new Lane<number>(
    2,
    async () => {},
    () => {},
  );
  expect([1, 2, 3].map((item) => lane.offer(item))).toEqual([true, true, false]);
  await lane.idle();
  expect(lane.offer(4)).toBe(true);
});

test('an item that fails is told of and does not stop the next', async () => {
  const [done, failed]: number[][] = [[], []];
  const lane = new Lane<number>(
    8,
    async (item) => {
      if (item === 1) throw new Error('no');
      done?.push(item);
    },
    (_error, item) => failed?.push(item),
  );
  lane.offer(1);
  lane.offer(2);
  await lane.idle();
  expect({ done, failed }).toEqual({ done: [2], failed: [1] });
});
