import { expect, test } from 'vitest';
import { type WarningChange, Warnings } from '../../../device/health/warnings.ts';
import { WARNINGS } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';

test('each change is told once', () => {
  const told: WarningChange[] = [];
  const warnings = new Warnings((change) => told.push(change));
  warnings.raise('panel-gone', 'ttyUSB0');
  warnings.raise('panel-gone', 'again');
  warnings.clear('store-full');
  warnings.clear('panel-gone');
  warnings.clear('panel-gone');
  expect(told).toEqual([
    { code: 'panel-gone', raised: true, detail: 'ttyUSB0' },
    { code: 'panel-gone', raised: false },
  ]);
});

test('what is wrong now is listed by number', () => {
  const warnings = new Warnings(() => {});
  warnings.raise('panel-gone');
  warnings.raise('receipt-forged');
  warnings.raise('store-full');
  expect(warnings.codes()).toEqual(['receipt-forged', 'store-full', 'panel-gone']);
});

test('no two warnings have one number', () => {
  const numbers = Object.values(WARNINGS).map(({ number }) => number);
  expect(new Set(numbers).size).toBe(numbers.length);
});
