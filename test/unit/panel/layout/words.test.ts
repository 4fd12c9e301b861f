import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BOND } from '../../../../device/panel/layout/no-break-words.ts';
import { clustersOf, lastPartsOf, partsOf, wordsOf } from '../../../../device/panel/layout/words.ts';
import samples from '../../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };

const joined = (text: string) =>
  wordsOf(text)
    .map((word) => word.text + word.space)
    .join('');
const texts = (text: string) => wordsOf(text).map((word) => word.text);
/** Words that stay on one line where it is wide enough. */
const units = (text: string) =>
  wordsOf(text)
    .map((word) => word.text + word.space + (word.bond < BOND.together ? '|' : ''))
    .join('')
    .split('|')
    .map((unit) => unit.trim());

describe('words of a Thai text', () => {
  const all = samples.texts.flatMap(({ title, text }) => [title, text]);

  test.each(all)('joined again they are the text: %s', (text) => {
    expect(joined(text)).toBe(text);
  });

  test.each(all)('no word begins inside a cluster or after a leading vowel: %s', (text) => {
    for (const word of texts(text)) {
      expect(word).not.toMatch(/^[\p{M}ะาำๅๆฯ.,)]/u);
      expect(word).not.toMatch(/[เแโใไ(]$/u);
    }
  });

  test('any text of Thai letters, digits and Latin keeps all of itself and breaks no cluster', () => {
    const letters = [...'กขคงจญฐฏณดนบปผพมยรลวสหอะาำิีึืุูั็่้๊๋์เแโใไๆฯ๐๕๙0Aaz.-() '];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...letters), { maxLength: 60 }), (drawn) => {
        const text = drawn.join('').replace(/ +/g, ' ').trim();
        if (text === '') return;
        expect(joined(text)).toBe(text);
        const boundaries = new Set(
          [...new Intl.Segmenter('th', { granularity: 'grapheme' }).segment(text)].map(({ index }) => index),
        );
        let at = 0;
        for (const word of wordsOf(text)) {
          expect(boundaries.has(at)).toBe(true);
          at += word.text.length + word.space.length;
        }
      }),
    );
  });

  test.each([
    'ฉับพลัน',
    'แม่สลองนอก',
    'เก๊าะ',
    'รพ.สต.',
    'PM2.5',
    'พ.ศ.',
    '02-123-4567',
    '๘๗.๕',
    '50%',
    'ๆ'.padStart(5, 'ต่าง'),
    'บริจาค',
    'แผ่นดินไหว',
    'จำคุก',
    '๒๔–๒๕',
    'บาท/ตัน',
    'กม./ชม.',
  ])('stays whole: %s', (word) => {
    expect(texts(`ที่บ้าน ${word} วันนี้`)).toContain(word);
  });

  test.each([
    'สายด่วน 1441',
    'โทร. 02-123-4567',
    '24 ชั่วโมง',
    '๖๕ ปี',
    'เวลา ๐๘.๓๐ - ๑๒.๐๐ น.',
    '08.30-12.00 น.',
    'ที่ ๑๓ พฤศจิกายน พ.ศ. ๒๕๖๙',
    '๕ ม.ค. ๒๕๗๐',
    'หมู่ที่ ๕',
    'ไม่โอน',
    'ณ ศาลากลางบ้าน',
    'บ้านโนนสว่าง',
    'บ้านหนองไผ่ล้อม',
    'ตำบลท่าข้าม',
    'อำเภอเมืองขอนแก่น',
    'จังหวัดเชียงราย',
    'ต.แม่สลองใน',
    'อ. เมือง',
    '3.5 กก.',
    'อายุ 7 ขวบ',
    'มาตรา ๓๑',
    'งวดที่ 3/2569',
    '2 ตัว',
    '0 4412 3456',
    'อบต.หนองไผ่',
    'น.ส.สมหญิง รักเรียน',
    'ด.ช. กล้า ใจกล้า',
    '(ฟรี ทุกตัว)',
    '“คนละครึ่ง พลัส”',
    '[เฟส 2]',
    'สว.(ป.)',
    'ID: @village',
    'ยา ฯลฯ',
    'ค่ำนี้',
    'ผู้สนใจ',
  ])('belongs together: %s', (unit) => {
    expect(units(`ประชาชน ${unit} ประชาชน`)).toContain(unit);
  });

  test('ณ never stands alone, also where the place after it is parted', () => {
    expect(texts('ร่วมประชุม ณ ศาลากลางบ้าน')).toEqual(['ร่วม', 'ประชุม', 'ณ ศาลา', 'กลางบ้าน']);
    expect(texts('ประชุม ณ วัด')).toEqual(['ประชุม', 'ณ วัด']);
  });

  test('บ้าน that is no name holds nothing; a long run after a place word is no name as a whole', () => {
    expect(units('ออกนอกบ้านเมื่อจำเป็น')).toEqual(expect.arrayContaining(['นอก', 'บ้าน', 'เมื่อ']));
    expect(units('บ้านเรือนที่อยู่ริมน้ำต้องระวัง').slice(0, 2)).toEqual(['บ้านเรือน', 'ที่']);
  });

  test('repetition and abbreviation marks never begin a line, even after a space', () => {
    expect(texts('ทุก ๆ คน')).toEqual(['ทุก ๆ', 'คน']);
    expect(texts('กรุงเทพฯ ฯลฯ')).toEqual(['กรุงเทพฯ', 'ฯลฯ']);
  });

  test('where ICU parts a listed word it is not believed about its neighbours', () => {
    expect(texts('ขอบริจาคเสื้อผ้า')).toEqual(['ขอ', 'บริจาค', 'เสื้อผ้า']);
    expect(texts('หน้าที่ว่าการอำเภอ')).toEqual(['หน้า', 'ที่ว่าการอำเภอ']);
  });

  test('a full stop inside a word does not hide the words behind it', () => {
    expect(texts('อบต.หนองไผ่')).toEqual(['อบต.', 'หนองไผ่']);
  });

  test('a line rather begins than ends with a preposition; นายก is no title of a name', () => {
    expect(wordsOf('ข้าวและปลา').map(({ bond }) => bond)).toEqual([BOND.none, BOND.loosely, BOND.none]);
    expect(units('นายกเทศมนตรี ประชุม')).toContain('นายก');
  });

  test('brackets and quotes hold what they enclose', () => {
    expect(texts('อ่าน "ประกาศ" (ด่วน)')).toEqual(['อ่าน', '"ประกาศ"', '(ด่วน)']);
  });
});

describe('parts of a word that is too wide', () => {
  test('are its words first', () => {
    expect(partsOf('ศาลาประชาคม')).toEqual(['ศาลา', 'ประชาคม']);
  });

  test('are none in a word that is made of none', () => {
    expect(partsOf('แอปพลิเคชัน')).toEqual(['แอปพลิเคชัน']);
  });

  test('are none in one whose halves say something else, but for the last resort', () => {
    expect(partsOf('โรงพยาบาล')).toEqual(['โรงพยาบาล']);
    expect(lastPartsOf('โรงพยาบาล')).toEqual(['โรง', 'พยาบาล']);
    expect(lastPartsOf('พระนครศรีอยุธยา')).toEqual(['พระนคร', 'ศรีอยุธยา']);
  });

  test('are what a place begins with, and letters and digits, in the last resort', () => {
    expect(lastPartsOf('หนองหญ้าปล้อง')).toEqual(['หนอง', 'หญ้าปล้อง']);
    expect(lastPartsOf('Village2026')).toEqual(['Village', '2026']);
  });

  test('then clusters with all that leans on them', () => {
    expect(clustersOf('เก๊าะน้ำพันธ์')).toEqual(['เก๊าะ', 'น้ำ', 'พั', 'นธ์']);
  });

  test('a number stays whole', () => {
    expect(clustersOf('โทร1441')).toContain('1441');
  });
});

test('an address too wide for a line is parted behind its signs', () => {
  const parts = ['https://', 'www.', 'moi.', 'go.', 'th/', 'a?', 'b=', '1'];
  expect(partsOf('https://www.moi.go.th/a?b=1')).toEqual(parts);
});
