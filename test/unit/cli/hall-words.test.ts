import { expect, test } from 'vitest';
import { WARNINGS } from '../../../firmware-protocol/content/warnings/warning-catalogue.ts';
import { hallWords } from '../../../scripts/operator/hall-words.ts';
import { warningWords } from '../../../scripts/operator/warning-words.ts';

const hall = {
  ...{ device: 'hall-1', village: '43010102', name: 'บ้านเสาเล้า' },
  presence: { state: 'online' as const, boot: 3 },
  reports_stored: 0,
  state: {
    ...{ boot: 3, version: '0.1.0', village: '43010102', trust: 'server' as const, boot_nonce: 'n', keys: 1 },
    programmes: [],
    outputs: { panel: { works: true } },
    warnings: ['panel-modules', 'of-next-year'],
  },
};

test('a hall says its warnings by number and in words', () => {
  expect(hallWords(hall, 'en')).toMatch(
    /! 505 panel-modules: modules of the sign do not work {2}! of-next-year$/,
  );
  expect(hallWords(hall, 'th')).toContain('! 505 panel-modules: โมดูลของป้ายเสีย');
});

test('every warning has Thai words', () => {
  for (const code of Object.keys(WARNINGS)) expect(warningWords(code).th).toMatch(/^\d{3} [a-z-]+: [฀-๿]/u);
});
