import { expect, it } from 'vitest';
import { csvName, csvText } from '../../../server/console/house/csv-file.ts';

it('opens in Excel as Thai: a BOM, and lines as RFC 4180 has them', () => {
  expect(
    csvText([
      ['หอ', 'รุ่น'],
      ['บ้านเสาเล้า', 3],
    ]),
  ).toBe('\uFEFFหอ,รุ่น\r\nบ้านเสาเล้า,3\r\n');
});

it('quotes what would break a cell', () => {
  expect(csvText([['a,b', 'ก "ข"', 'บรรทัด\nสอง']])).toBe('\uFEFF"a,b","ก ""ข""","บรรทัด\nสอง"\r\n');
});

it.each(['=HYPERLINK("http://x")', '+66', '-1+1', '@SUM(A1)', '\t=1', ' =1', '＝1', '\r=1'])(
  'never lets %j be a formula',
  (text) => {
    const cell = csvText([[text]]).slice(1, -2);
    expect(cell.replace(/^"/, '').startsWith("'")).toBe(true);
  },
);

it('leaves figures of ours as numbers, below zero too', () => {
  expect(csvText([[-3.5, 0]])).toBe('\uFEFF-3.5,0\r\n');
});

it('is named after its day in Bangkok, in the Buddhist era', () => {
  expect(csvName('หอกระจายข่าว', '43', Date.parse('2026-11-26T20:00:00Z'))).toBe(
    'หอกระจายข่าว-43-2569-11-27.csv',
  );
});
