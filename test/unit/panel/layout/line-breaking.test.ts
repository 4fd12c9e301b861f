import { describe, expect, test } from 'vitest';
import { breakIntoLines, type LineSetting } from '../../../../device/panel/layout/line-breaking.ts';
import { wordsOf } from '../../../../device/panel/layout/words.ts';
import { signFont } from './font.ts';

const measure = signFont().width;
const lines = (text: string, setting: Omit<LineSetting, 'measure'>) =>
  breakIntoLines(wordsOf(text), { ...setting, measure }).map((line) => `${line.text} ${line.px}`);

describe('on a line of 62 lamps', () => {
  const narrow = { px: 24, width: 62, togetherPx: 16 };

  test('a number keeps its unit, in smaller letters, also at the end of a chain that is too long', () => {
    expect(lines('เวลา ๑๘.๓๐ น.', narrow)).toEqual(['เวลา 24', '๑๘.๓๐ น. 16']);
  });

  test('a word of several words is parted between them before its letters get too small', () => {
    expect(lines('เคลื่อนย้าย', narrow)).toEqual(['เคลื่อน 16', 'ย้าย 16']);
  });

  test('a word of none stays whole in the letters of low signs', () => {
    expect(lines('พฤศจิกายน', narrow)).toEqual(['พฤศจิกายน 12']);
  });

  test('a word that not even they hold is cut between clusters, in letters that are easy to tell apart', () => {
    const [first, ...rest] = lines('แอปพลิเคชัน', narrow);
    expect(first).toMatch(/ 16$/);
    expect([first, ...rest].map((line) => line?.split(' ')[0]).join('')).toBe('แอปพลิเคชัน');
    for (const line of rest) expect(line).not.toMatch(/^\p{M}/u);
  });

  test('an address is parted behind its signs, not inside its words', () => {
    const address = 'https://www.moi.go.th/alert/2569?id=12345';
    const broken = lines(address, narrow).map((line) => line.split(' ')[0]);
    expect(broken.join('')).toBe(address);
    for (const line of broken.slice(0, -1)) expect(line).toMatch(/[./?&=]$/);
    const mail = lines('warning_center@moi.go.th', narrow).map((line) => line.split(' ')[0]);
    expect(mail.slice(0, 2)).toEqual(['warning_', 'center@']);
  });

  test('an amount is read on one line, with the sign of its money', () => {
    expect(lines('รวม ฿3,579.50', narrow).at(-1)).toMatch(/^฿3,579\.50 /);
  });
});

test('a chain too long for a line of 126 lamps keeps the hour with its unit', () => {
  const wide = { px: 24, width: 126, togetherPx: 20 };
  expect(lines('เวลา ๐๘.๓๐ - ๑๒.๐๐ น.', wide)).toEqual(['เวลา ๐๘.๓๐ - 22', '๑๒.๐๐ น. 24']);
});

test('a telephone number written with spaces stays on one line where that holds it', () => {
  const wide = { px: 24, width: 126, togetherPx: 16 };
  const broken = lines('ต่อ 12 หรือ +66 81 234 5678', wide);
  expect(broken.at(-1)).toMatch(/^\+66 81 234 5678 /);
});
