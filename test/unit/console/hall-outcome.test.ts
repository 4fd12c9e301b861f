import { expect, test } from 'vitest';
import { type HallRow, outcomeWords, refusalWords } from '../../../server/console/push/hall-outcome.ts';

const row = (part: Partial<HallRow>): HallRow => ({
  ...{ device: 'hall-mae', village: '43010101', state: 'ended', fate: 'finished', outcomes: {}, sends: 1 },
  ...part,
});

test('what an output did is said in words, with what is known of whether it was heard', () => {
  const finished = row({
    outcomes: {
      tower: { outcome: 'finished', proof: 'heard' },
      panel: { outcome: 'finished', left_out: ['qr'] },
    },
  });
  expect(outcomeWords(finished, 'tower', 'th')).toBe('จบครบ · ไมโครโฟนได้ยินเสียง');
  expect(outcomeWords(finished, 'panel', 'en')).toBe('finished · without its QR code');
  expect(outcomeWords(row({}), 'tower', 'th')).toBe('');
});

test('a reason that has no words is shown as its code', () => {
  const cut = (reason: string) => row({ outcomes: { tower: { outcome: 'interrupted', reason } } });
  expect(outcomeWords(cut('stopped'), 'tower', 'th')).toBe('ถูกตัดกลางคัน · มีคำสั่งหยุด');
  expect(outcomeWords(cut('gremlins'), 'tower', 'th')).toBe('ถูกตัดกลางคัน · gremlins');
});

test('why a hall did not take it', () => {
  expect(refusalWords(row({ refusal: 'bad-signature' }), 'th')).toBe('ลายเซ็นไม่ถูกต้อง');
  expect(refusalWords(row({}), 'en')).toBe('');
});
