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

  test.each([
    ['044-123-456', ['044- 16', '123-456 16']],
    ['081-234-5678', ['081-234- 12', '5678 12']],
    ['โทร.0-4412-3456 ต่อ 7', ['โทร. 16', '0-4412- 16', '3456 16', 'ต่อ 7 16']],
  ])('a telephone number stands on two lines, with nothing else: %s', (text, expected) => {
    expect(lines(text, { ...narrow, px: 16 })).toEqual(expected);
  });

  test('a bracket that must be parted rather begins a line', () => {
    const broken = lines('ตัดแว่น วัน (ฟรี ทุกตัว)', { ...narrow, px: 16 });
    expect(broken).toEqual(['ตัดแว่น 16', 'วัน 16', '(ฟรี 16', 'ทุกตัว) 16']);
  });

  test('a name is parted in what it is made of, a title never from its name', () => {
    expect(lines('พระนครศรีอยุธยา', { ...narrow, px: 16 })).toEqual(['พระนคร 16', 'ศรีอยุธยา 12']);
    expect(lines('จ.ขอนแก่น', { ...narrow, px: 16 })).toEqual(['จ.ขอนแก่น 12']);
    expect(lines('ผู้สูญหาย', { ...narrow, px: 16 })).toEqual(['ผู้สูญหาย 12']);
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

test('a date too long for a line is parted before its year, not inside พ.ศ. ๒๕๖๙', () => {
  const broken = lines('วันที่ ๒๔–๒๕ พฤศจิกายน พ.ศ. ๒๕๖๙', { px: 16, width: 180, togetherPx: 16 });
  expect(broken).toEqual(['วันที่ ๒๔–๒๕ พฤศจิกายน 16', 'พ.ศ. ๒๕๖๙ 16']);
});

test('what leads on to words in smaller letters shrinks with them and does not stand alone', () => {
  const broken = lines('พบที่ศาลากลางบ้าน', { px: 24, width: 138, togetherPx: 16 });
  expect(broken).toEqual(['พบ 24', 'ที่ศาลากลางบ้าน 20']);
});

test('a page that is one chain takes twice as long when it is twice as long, not four times', () => {
  const measured = (brackets: number) => {
    let letters = 0;
    const counting = (text: string, px: number) => {
      letters += text.length;
      return measure(text, px);
    };
    const words = wordsOf('(ก ข ค ง จ ฉ ช)'.repeat(brackets));
    breakIntoLines(words, { px: 16, width: 62, measure: counting, togetherPx: 16 });
    return letters;
  };
  expect(measured(100)).toBeLessThan(2.5 * measured(50));
});
