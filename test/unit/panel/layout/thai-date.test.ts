import { expect, test } from 'vitest';
import { thaiDates } from '../../../../device/panel/layout/thai-date.ts';

test('the day in the Buddhist era, in Thai time, ever shorter', () => {
  const dates = thaiDates(Date.parse('2026-11-13T00:30:00+07:00'));
  expect(dates).toEqual([
    'วันศุกร์ที่ 13 พฤศจิกายน พ.ศ. 2569',
    'วันศุกร์ที่ 13 พ.ย. 2569',
    'ศ. 13 พ.ย. 2569',
    '13 พ.ย. 2569',
    '13 พ.ย. 69',
    '13 พ.ย.',
  ]);
});

test('the year begins on 1 January in Thailand, seven hours before UTC', () => {
  expect(thaiDates(Date.parse('2026-12-31T17:00:00Z'))[3]).toBe('1 ม.ค. 2570');
});
