import { describe, expect, it } from 'vitest';
import { rangeOf } from '../../../../server/content/byte-range.ts';

describe('Range of a file of 1,000 bytes', () => {
  it.each([
    [undefined, 'whole'],
    ['bytes=0-', { from: 0, to: 999 }],
    ['bytes=500-', { from: 500, to: 999 }],
    ['bytes=0-0', { from: 0, to: 0 }],
    ['bytes=10-19', { from: 10, to: 19 }],
    ['bytes=990-5000', { from: 990, to: 999 }],
    ['bytes=-10', { from: 990, to: 999 }],
    ['bytes=-5000', { from: 0, to: 999 }],
    ['bytes=1000-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=a-b', 'whole'],
    ['seconds=0-1', 'whole'],
    [`bytes=${'9'.repeat(40)}-`, 'whole'],
  ])('%s is %j', (header, range) => {
    expect(rangeOf(header, 1_000)).toEqual(range);
  });
});
