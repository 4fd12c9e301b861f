import { expect, it } from 'vitest';
import { terminalCli } from '../../../scripts/cli/terminal.ts';
import { dayAfter, lineOfDays } from '../../../scripts/operator/planned-days.ts';

const [en, th] = (['en', 'th'] as const).map((lang) => terminalCli({ json: false, lang }));
const words = (days: number[], times: string[], count = times.length) => {
  const [first = '', last = ''] = [times[0], times.at(-1)];
  const on = { days, count, first, last, ...(count === times.length && { times }) };
  return [en, th].map((cli) => cli && lineOfDays(on, '2026-11-28', cli));
};

it.each([
  ['one day', [0], ['18:00:00'], '18:00  2026-11-28', '18.00  2026-11-28'],
  [
    'days in one run, over the end of a month',
    [1, 2, 3, 4],
    ['06:30:00', '18:00:00'],
    '06:30 18:00  2026-11-29 – 2026-12-02 (4 days)',
    '06.30 18.00  2026-11-29 – 2026-12-02 (4 วัน)',
  ],
  ['days apart', [0, 7], ['06:30:15'], '06:30:15  2026-11-28 2026-12-05', '06:30:15  2026-11-28 2026-12-05'],
  [
    'more days than a line names',
    [0, 2, 4, 6, 8, 10, 12],
    ['06:30:00'],
    '06:30  2026-11-28 2026-11-30 2026-12-02 2026-12-04 2026-12-06 2026-12-08 … 2026-12-10 (7 days)',
    '06.30  2026-11-28 2026-11-30 2026-12-02 2026-12-04 2026-12-06 2026-12-08 … 2026-12-10 (7 วัน)',
  ],
])('%s', (_what, days, times, english, thai) => {
  expect(words(days, times)).toEqual([english, thai]);
});

it('times that are too many to name are counted', () => {
  expect(words([0], ['06:00:00', '18:00:00'], 720)).toEqual([
    '06:00 to 18:00, 720 times a day  2026-11-28',
    '06.00 ถึง 18.00 น. วันละ 720 ครั้ง  2026-11-28',
  ]);
});

it('what is no day is left to the server to judge', () => {
  expect(dayAfter('พรุ่งนี้', 6)).toBe('พรุ่งนี้');
});
