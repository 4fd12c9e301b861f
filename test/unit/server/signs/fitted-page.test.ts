import { expect, test } from 'vitest';
import { fitted } from '../../../../server/signs/fitted-page.ts';
import type { PreviewedPage } from '../../../../server/signs/sign-painter.ts';

const run = { x: 0, y: 0, width: 8, columns: 90, height: 8, pixels_per_second: 8, gap_columns: 8 };
const PAGE: PreviewedPage = {
  screens: [
    { picture: 0, crc: '0', ms: 100 },
    { picture: 1, crc: '1', ms: 100 },
    { picture: 0, crc: '0', ms: 100, running: { ...run, picture: 2 } },
  ],
  pictures: ['a'.repeat(1_000), 'b'.repeat(2_000), 'c'.repeat(4_000)],
  leftOut: [],
  words: [],
};

test('what has room comes whole, each picture once', () => {
  const { told, bytes } = fitted(3, PAGE, [], 10_000);
  expect(told).toEqual({ page: 3, ms: 300, screens: PAGE.screens, pictures: PAGE.pictures, faults: [] });
  expect(bytes).toBeGreaterThanOrEqual(7_000);
});

test('what has none is cut from the end; the time of the page stays that of all of it', () => {
  const { told } = fitted(1, PAGE, [], 5_000);
  expect(told).toMatchObject({ ms: 300, cut: true, pictures: PAGE.pictures.slice(0, 2) });
  expect(told.screens).toEqual(PAGE.screens.slice(0, 2));
});

test('without room for one screen the page is there all the same, with its faults', () => {
  const fault = { path: 'qr', code: 'qr-unfit', en: 'too small', th: 'เล็กไป' };
  expect(fitted(1, PAGE, [fault], 100)).toEqual({
    told: { page: 1, ms: 300, screens: [], pictures: [], faults: [fault], cut: true },
    bytes: 0,
  });
});
