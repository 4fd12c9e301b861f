import { describe, expect, test } from 'vitest';
import type { PlacedLine, Size } from '../../../../device/panel/layout/screen.ts';
import { type PageScreen, type PageWords, planPage } from '../../../../device/panel/picture/page-plan.ts';
import { type QrEncode, qrLamps } from '../../../../device/panel/picture/qr-code.ts';

const photo = { width: 800, height: 800, delaysMs: [0] };
/** A symbol of 21 modules whatever it says: 29 lamps with its quiet zone. */
const encode: QrEncode = () => Array.from({ length: 21 }, () => Array(21).fill(true));
const qr = { text: 'tel:1784', encode };

/**
 * Words of this many letters, each 12 columns wide and 24 rows high at 24 px, in lines as long as the area; a narrower area
 * than `word` letters would break a word, a lower one than 24 rows sets them at 16 px.
 */
const words = (letters: number, word = 3): PageWords => ({
  leastWidth: 12 * word,
  lay: (area, seconds) => {
    const px = area.height < 24 ? 16 : 24;
    const perLine = Math.max(1, Math.floor(area.width / (px / 2)));
    const lines = Math.ceil(letters / perLine);
    const perScreen = Math.max(1, Math.floor(area.height / px));
    const screens = Math.ceil(lines / perScreen);
    const line: PlacedLine = { text: 'น้ำ', px, left: 0, baseline: px, colour: [255, 255, 255] };
    return Array.from({ length: screens }, () => ({
      layout: {
        boxes: [{ left: 0, top: 0, ...area, colour: [0, 0, 200] as const }],
        lines: [line],
      },
      ms: Math.round((seconds * 1_000) / screens),
    }));
  },
});

/** Each screen in short: what is on it and where the words begin. */
function inShort(screens: PageScreen[]): string[] {
  return screens.map(({ plates, layout }) =>
    [
      ...plates.map((plate) => `${plate.of} ${plate.left},${plate.top}`),
      ...layout.lines.map(({ left, baseline, px }) => `words ${left},${baseline - px}`),
    ].join(' '),
  );
}

const wide: Size = { width: 192, height: 96 };
const tall: Size = { width: 64, height: 128 };

describe('room for all', () => {
  test('words alone stay as they were laid', () => {
    expect(inShort(planPage(wide, {}, 10, words(8)))).toEqual(['words 0,0']);
  });

  test('on a wide sign the picture stands left, the code right of the words', () => {
    expect(inShort(planPage(wide, { picture: photo }, 10, words(8)))).toEqual(['picture 0,0 words 98,0']);
    expect(inShort(planPage(wide, { qr }, 10, words(8)))).toEqual(['qr 105,4 words 0,0']);
    expect(inShort(planPage(wide, { picture: photo, qr }, 10, words(8)))).toEqual([
      'picture 0,16 qr 134,19 words 66,0',
    ]);
  });

  test('on a tall sign both stand in a row above the words', () => {
    expect(inShort(planPage(tall, { picture: photo }, 10, words(8)))).toEqual(['picture 0,0 words 0,66']);
    expect(inShort(planPage(tall, { picture: photo, qr }, 10, words(8)))).toEqual([
      'picture 0,0 qr 33,1 words 0,34',
    ]);
  });

  test('nothing leaves the sign or lies on the words', () => {
    for (const size of [
      wide,
      tall,
      { width: 64, height: 32 },
      { width: 128, height: 64 },
      { width: 96, height: 96 },
    ]) {
      for (const { plates, layout } of planPage(size, { picture: photo, qr }, 10, words(12))) {
        const boxes = plates.map((plate) => {
          const side = plate.of === 'qr' ? qrLamps(plate.symbol) : 0;
          const { width, height } = plate.of === 'picture' ? plate.size : { width: side, height: side };
          return { left: plate.left, top: plate.top, width, height };
        });
        const all = [...boxes, ...layout.boxes];
        for (const [at, one] of all.entries()) {
          expect(one.left).toBeGreaterThanOrEqual(0);
          expect(one.top).toBeGreaterThanOrEqual(0);
          expect(one.left + one.width).toBeLessThanOrEqual(size.width);
          expect(one.top + one.height).toBeLessThanOrEqual(size.height);
          for (const other of all.slice(at + 1)) {
            const apart =
              one.left + one.width <= other.left ||
              other.left + other.width <= one.left ||
              one.top + one.height <= other.top ||
              other.top + other.height <= one.top;
            expect(apart).toBe(true);
          }
        }
      }
    }
  });
});

describe('no room beside the words', () => {
  const small: Size = { width: 64, height: 32 };

  test('the picture has a screen before them, the code one after them', () => {
    expect(inShort(planPage(small, { picture: photo, qr }, 10, words(5, 5)))).toEqual([
      'picture 16,0',
      'words 0,0',
      'qr 17,1',
    ]);
  });

  test('a long text does not run over more screens than a screen of its own would cost', () => {
    const alone = words(60).lay({ width: 128, height: 64 }, 10).length;
    const planned = planPage({ width: 128, height: 64 }, { picture: photo }, 10, words(60));
    expect(planned).toHaveLength(alone + 1);
    expect(inShort(planned)[0]).toBe('picture 32,0');
  });

  test('the time of the page is shared; a code stands long enough to take out a phone', () => {
    const times = (seconds: number) =>
      planPage(small, { picture: photo, qr }, seconds, words(5, 5)).map(({ ms }) => ms);
    expect(times(60)).toEqual([20_000, 20_000, 20_000]);
    expect(times(6)).toEqual([3_000, 2_000, 10_000]);
    expect(planPage(wide, { qr }, 4, words(8)).map(({ ms }) => ms)).toEqual([10_000]);
  });

  test('a code that no sign of this size can show is refused with what it needs', () => {
    const shrunk = { width: 64, height: 24 };
    expect(() => planPage(shrunk, { qr }, 10, words(2))).toThrow(
      expect.objectContaining({ code: 'qr-unfit', context: { why: '29 x 29 > 64 x 24' } }),
    );
  });
});

test('a code keeps half of the size that it would have alone: else it gets a screen of its own', () => {
  const lamps = (size: Size, letters: number) =>
    planPage(size, { picture: photo, qr }, 10, words(letters, 8)).flatMap(({ plates }) =>
      plates.flatMap((plate) => (plate.of === 'qr' ? [plate.symbol.lampsPerModule] : [])),
    );
  // Alone 29 modules have four lamps each on 128 rows, three on 96; in a row with the picture two, or one.
  expect(new Set(lamps({ width: 128, height: 128 }, 8))).toEqual(new Set([2]));
  expect(lamps({ width: 96, height: 96 }, 4)).toEqual([3]);
});

test('a banner goes above the words on a wide sign too', () => {
  const banner = { width: 1_000, height: 200, delaysMs: [0] };
  expect(inShort(planPage(wide, { picture: banner }, 10, words(8, 9)))).toEqual(['picture 0,0 words 0,40']);
});
