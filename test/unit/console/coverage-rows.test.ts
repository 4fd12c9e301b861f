import { expect, it } from 'vitest';
import {
  allWanting,
  type Coverage,
  type Part,
  partsCsv,
  shareOf,
  type Wanting,
  wantingCsv,
} from '../../../server/console/coverage/coverage-rows.ts';
import { COVERAGE_WORDS, type CoverageWord } from '../../../server/console/coverage/coverage-words.ts';

const say = (word: CoverageWord) => COVERAGE_WORDS.th[word];
const counts = { villages: 3, working: 1, impaired: 0, offline: 1, new: 0, without: 1 };
const part = (area: string, more: Partial<Part> = {}): Part => ({
  area,
  th: `อำเภอ ${area}`,
  en: area,
  ...counts,
  ...more,
});
const wanting = (village: string): Wanting => ({ village, name: 'บ้านใหม่', standing: 'without' });
const coverage = (area: string, more: Partial<Coverage>): Coverage => ({
  ...{ area, th: area, en: area, all: counts, parts: [], wanting: [], left_out: 0 },
  ...more,
});

it('never says all while one is wanting, nor none while one works', () => {
  const share = (working: number, villages: number) => shareOf({ working, villages });
  expect([
    share(999, 1_000),
    share(1_000, 1_000),
    share(1, 1_000),
    share(0, 1_000),
    share(0, 0),
    share(1, 3),
  ]).toEqual([99, 100, 1, 0, 0, 33]);
});

it('asks the parts of an area with more villages than an answer holds, and no part where all works', async () => {
  const asked: string[] = [];
  const answers: Record<string, Coverage> = {
    th: coverage('th', {
      left_out: 9,
      wanting: [wanting('43010101')],
      parts: [part('41', { working: 3 }), part('43'), part('44')],
    }),
    43: coverage('43', { left_out: 2, parts: [part('4301')] }),
    4301: coverage('4301', { wanting: [wanting('43010101'), wanting('43010102')] }),
    44: coverage('44', { wanting: [wanting('44010101')] }),
  };
  const all = await allWanting('th', async (area) => {
    asked.push(area);
    return answers[area] ?? coverage(area, {});
  });
  expect(asked).toEqual(['th', '43', '4301', '44']);
  expect(all.map(({ village }) => village)).toEqual(['43010101', '43010102', '44010101']);
});

it('is taken along as two tables', () => {
  expect(partsCsv([part('4301')], say, 'th')).toEqual([
    ['พื้นที่', 'รหัสพื้นที่', 'หมู่บ้าน', 'ใช้งานได้', 'บางส่วนขัดข้อง', 'ขาดการติดต่อ', 'ยังไม่เคยติดต่อ', 'ไม่มีกล่อง', 'ร้อยละ'],
    ['อำเภอ 4301', '4301', 3, 1, 0, 1, 0, 1, 33],
  ]);
  const away: Wanting = {
    ...wanting('43010102'),
    standing: 'impaired',
    since: '2026-11-13T10:00:00.000+07:00',
    device: 'hall-1',
    lacks: ['tower', 'panel'],
  };
  expect(wantingCsv([away, wanting('43010103')], say, 'th').slice(1)).toEqual([
    ['43010102', 'บ้านใหม่', 'บางส่วนขัดข้อง', '13 พ.ย. 2569', 'เสียง ป้าย', 'hall-1'],
    ['43010103', 'บ้านใหม่', 'ไม่มีกล่อง', 'ไม่ทราบ', '', ''],
  ]);
});
