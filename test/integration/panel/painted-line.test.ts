import { beforeAll, describe, expect, test } from 'vitest';
import { MaskMaker } from '../../../device/drivers/painter/masks.ts';
import { drawScreen } from '../../../device/panel/layout/canvas.ts';
import { extentOf } from '../../../device/panel/layout/line-extent.ts';
import { WHITE } from '../../../device/panel/layout/palette.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import samples from '../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };
import { signFont } from '../../unit/panel/layout/font.ts';
import { inkBox } from './pixels.ts';

let masks: MaskMaker;
beforeAll(async () => {
  masks = await MaskMaker.start(font);
});

const SIZES_PX = [12, 16, 18, 20, 22, 24, 32, 48];
const MARGIN = 20;
const font = signFont();

const painted = new Map<string, Promise<Bitmap>>();

/** A line of text with its baseline at 1.5 em and margins on all sides. */
function paintedLine(text: string, px: number): Promise<Bitmap> {
  const known = painted.get(`${px} ${text}`) ?? paintLine(text, px);
  painted.set(`${px} ${text}`, known);
  return known;
}

async function paintLine(text: string, px: number): Promise<Bitmap> {
  const size = { width: font.width(text, px) + 2 * MARGIN, height: 2 * px + MARGIN };
  const line = { text, px, left: MARGIN, baseline: Math.round(1.5 * px), colour: WHITE };
  return drawScreen(
    { boxes: [], lines: [line] },
    { ...size, depth: 'rgb565' },
    new Map([[line, await masks.mask(text, px)]]),
  );
}

const clusters = [
  ...new Set(
    samples.texts.flatMap(({ title, text }) =>
      [...new Intl.Segmenter('th', { granularity: 'grapheme' }).segment(title + text)].map(
        ({ segment }) => segment,
      ),
    ),
  ),
].filter((cluster) => /\p{L}/u.test(cluster));
const HARD = [
  'ปั๊',
  'ป้ำ',
  'ฝื้',
  'ฟี่',
  'ฬู',
  'ฏู',
  'ฎุ',
  'ญู',
  'ฐิ์',
  'สิทธิ์',
  'ก็',
  'ก็่',
  'กํ่',
  'กั๊',
  'โก๋',
  'ใต้',
  'ไม้',
  'ฤๅ',
  'ฦ',
  '฿',
  'Qgjpqy',
  'ÂÅÉ',
  '(|)',
  '๖๙๔',
];

describe.each(SIZES_PX)('at %i px', (px) => {
  test('ink stays within the rows that the layout reckons with', async () => {
    for (const text of [...clusters, ...HARD]) {
      const box = inkBox(await paintedLine(text, px));
      const { above, below } = extentOf(text, px);
      const baseline = Math.round(1.5 * px);
      expect.soft(box?.top, `${text} above`).toBeGreaterThanOrEqual(baseline - above);
      expect.soft(box?.bottom, `${text} below`).toBeLessThan(baseline + below);
    }
  });

  test('ink stays within the width that the layout reckons with, but for overhanging marks', async () => {
    for (const { title } of samples.texts) {
      const box = inkBox(await paintedLine(title, px));
      expect(box?.left).toBeGreaterThanOrEqual(MARGIN - 1);
      expect(box?.right).toBeLessThanOrEqual(MARGIN + font.width(title, px) + 1);
    }
  });
});

test('a Latin tail is whole in the letters of low signs, also beside a vowel: g is no q', async () => {
  for (const [text, rows] of [
    ['warning', 3],
    ['กิg', 3],
    // Where a tone mark stands over a vowel, there is no row for it.
    ['ที่g', 2],
  ] as const)
    expect((await inkBoxOf(text)).bottom, text).toBe(18 + rows - 1);
});

async function inkBoxOf(text: string) {
  const box = inkBox(await paintedLine(text, 12));
  if (box === undefined) throw new Error('nothing was drawn');
  return box;
}

test('no line has a dotted circle: the shaping engine accepted every cluster', async () => {
  const circle = await paintedLine('\u25cc', 24);
  expect(inkBox(circle)).toBeDefined();
  for (const cluster of clusters) {
    const box = inkBox(await paintedLine(cluster, 24));
    expect(box && box.right - MARGIN, cluster).toBeLessThanOrEqual(font.width(cluster, 24) + 2);
  }
});
