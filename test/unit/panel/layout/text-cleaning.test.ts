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
  ['the tone after SARA AA', 'มา\u0e48กินข้าว', 'ม่ากินข้าว'],
  ['a mark typed twice', 'ก\u0e48\u0e48 ก\u0e35\u0e35 น\u0e49\u0e49\u0e33 น\u0e33\u0e33', 'ก่ กี น้ำ นำ'],
  ['NIKHAHIT after SARA AA', 'นา\u0e4d จา\u0e4d', 'นำ จำ'],
  ['a mark before its letter', '\u0e49นำ แ\u0e48ม', 'น้ำ แม่'],
  ['a mark on no letter', '5\u0e48 A\u0e35', '5 A'],
  [
    'two unlike tones, or one and a sign of silence',
    'ก\u0e48\u0e49า ป\u0e49\u0e4aำ ก\u0e4c\u0e48',
    'ก่า ป้ำ ก์',
  ],
  ['two unlike vowels on one storey', 'ก\u0e34\u0e35 ก\u0e38\u0e39', 'กิ กุ'],
  ['two tones, the vowel behind them', 'ก\u0e48\u0e49\u0e35', 'กี่'],
  ['what no reader sees between a letter and its mark', 'น\u200b\u0e49\u0e4d\u0e32', 'น้ำ'],
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

test.each([
  ['colours of skin, frames of keys, flags by tags', 'ดี 👍🏽 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 ✓ มา', 'ดี 1 มา'],
  ['marks of direction', '\u202aน้ำ\u202c \u2066ท่วม\u2069', 'น้ำ ท่วม'],
  [
    'signs that have plainer ones',
    '15 ㎡ 5 ㎥ 37.5 µg/m³ ±2 ℃ → ทิศเหนือ',
    '15 m2 5 m3 37.5 ug/m3 +/-2 °C -> ทิศเหนือ',
  ],
  ['fractions', '1½ ถ้วย ¾ ช้อน', '1 1/2 ถ้วย 3/4 ช้อน'],
  ['letters in circles and of full width', '① ＡＢＣ　№ 5', '1 ABC No 5'],
  ['a picture alone', '🎉', ''],
  ['pictures between words part them', 'ด่วน🚨น้ำป่า⚠️ห้ามผ่าน🙏!', 'ด่วน น้ำป่า ห้ามผ่าน!'],
  ['bullets and lines of boxes', '━━━━\n● ข้าว\n➤ น้ำ\n━━━━', 'ข้าว\nน้ำ'],
  ['digits in black circles', '❶ ลงชื่อ ❿ รับของ', '1 ลงชื่อ 10 รับของ'],
])('what the letters of the sign have not is said with those that they have: %s', (_, typed, shown) => {
  expect(clean(typed)).toBe(shown);
});

test('every sign that is put for another can be shown itself', () => {
  for (const character of ['㎡', '℃', '±', '≈', '→', '½', '²', '‑', '―', '−', 'µ', '①'])
    for (const each of clean(character))
      expect(font.advance(each, 24), `${character}: ${each}`).toBeDefined();
});

test('the marks of Pali, two on a letter, stay', () => {
  expect(clean('พุทฺธํ คจฺฉามิ พาหุํ สิทฺธิํ')).toBe('พุทฺธํ คจฺฉามิ พาหุํ สิทฺธิํ');
});
