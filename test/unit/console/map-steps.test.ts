import { expect, it } from 'vitest';
import { stepFrom } from '../../../server/console/areas/map-steps.ts';

const nongKhai = { area: '43', x: 50, y: 10 };
const MAP = [
  nongKhai,
  { area: '41', x: 52, y: 20 },
  { area: '42', x: 30, y: 18 },
  { area: '38', x: 70, y: 9 },
  { area: '90', x: 20, y: 95 },
];

it.each([
  ['ArrowDown', '41'],
  ['ArrowLeft', '42'],
  ['ArrowRight', '38'],
])('%s from Nong Khai leads to the nearest one there', (key, area) => {
  expect(stepFrom(nongKhai, MAP, key)).toBe(area);
});

it('leads nowhere at the edge, and by other keys', () => {
  expect(stepFrom({ area: '38', x: 70, y: 9 }, MAP, 'ArrowUp')).toBeUndefined();
  expect(stepFrom(nongKhai, MAP, 'Enter')).toBeUndefined();
});
