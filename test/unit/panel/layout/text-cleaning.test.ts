import { expect, test } from 'vitest';
import { cleanText } from '../../../../device/panel/layout/text-cleaning.ts';
import samples from '../../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };
import { signFont } from './font.ts';

const font = signFont();
const clean = (text: string) => cleanText(text, (character) => font.advance(character, 1) !== undefined);

test.each(samples.texts.map(({ text }) => text))('text that is right stays as it is: %s', (text) => {
  expect(clean(text)).toBe(text);
});

test.each([
  ['two SARA E for SARA AE', 'เเม่', 'แม่'],
  ['NIKHAHIT and SARA AA apart', 'น\u0e4d\u0e49\u0e32', 'น้ำ'],
  ['the tone before them', 'น\u0e49\u0e4d\u0e32', 'น้ำ'],
  ['the tone after SARA AM', 'น\u0e33\u0e49ท่วม', 'น้ำท่วม'],
  ['a tone before its vowel', 'ท\u0e48\u0e35', 'ที่'],
  ['decomposed Latin', 'Cafe\u0301', 'Café'],
])('mends %s', (_, typed, right) => {
  expect(clean(typed)).toBe(right);
});

test('spaces become single, line breaks stay, blank lines go', () => {
  expect(clean('  บ้าน \u00a0\u3000 เรา \n \n ทุกคน ')).toBe('บ้าน เรา\nทุกคน');
});

test('ornaments go, letters that cannot be shown are seen to be missing', () => {
  expect(clean('⚠️ น้ำท่วม 🌊🇹🇭')).toBe('น้ำท่วม');
  expect(clean('水 ≥ 50 ซม.')).toBe('? >= 50 ซม.');
});
