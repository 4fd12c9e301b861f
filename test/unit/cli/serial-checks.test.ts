import { expect, test } from 'vitest';
import { rowOf } from '../../../scripts/bench/row.ts';
import { serialChecks } from '../../../scripts/bench/serial/serial-checks.ts';

const row = (name: string, product: number, floor: number) =>
  rowOf({ name, unit: 'bytes', product, floor, runs: 1 });

test.each([
  ['goodput@115200', 0.97, 0.9699],
  ['host processor@3000000', 5, 5.01],
  ['page text bytes@921600', 0.1428, 0.1429],
  ['page photo bytes@921600', 1.02, 1.0201],
  ['page marquee bytes@3000000', 1.15, 1.151],
])('%s: what is promised passes, a little worse fails', (name, kept, broken) => {
  expect(serialChecks([row(name, kept, 1)])).toMatchObject([{ row: name, kept: true }]);
  expect(serialChecks([row(name, broken, 1)])).toMatchObject([{ row: name, kept: false }]);
});

test('nothing is promised of what others send, nor of a window of one', () => {
  const rows = ['page adalight bytes@921600', 'goodput without window@921600', 'host processor@115200'];
  expect(serialChecks(rows.map((name) => row(name, 9, 1)))).toEqual([]);
});
