import { expect, it } from 'vitest';
import { columnsOf, table } from '../../../scripts/virtual-village/table.ts';

it.each([
  ['abc', 3],
  ['น้ำท่วม', 5],
  ['ที่นี่', 2],
  ['ก\u200bข', 2],
  ['', 0],
])('%j takes %i columns', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
});

it('aligns Thai and Latin cells by what they take on a terminal', () => {
  expect(
    table([
      ['hall', 'tower'],
      ['บ้านหนึ่ง', 'on'],
      ['a', ''],
    ]),
  ).toEqual(['hall    tower', '──────  ─────', 'บ้านหนึ่ง  on', 'a']);
});

it('a table of a head alone is a head', () => {
  expect(table([['a', 'b']])).toEqual(['a  b', '─  ─']);
});
