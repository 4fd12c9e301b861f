import { describe, expect, test } from 'vitest';
import { layoutPage, type PageText } from '../../../../device/panel/layout/layout.ts';
import { extentOf } from '../../../../device/panel/layout/line-extent.ts';
import { paletteOf } from '../../../../device/panel/layout/palette.ts';
import { standingMs } from '../../../../device/panel/layout/reading-time.ts';
import type { ScreenLayout } from '../../../../device/panel/layout/screen.ts';
import { TYPE_SIZES } from '../../../../device/panel/layout/type-sizes.ts';
import samples from '../../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };
import { signFont } from './font.ts';

const measure = signFont().width;
const SIGNS = [
  { width: 64, height: 32 },
  { width: 96, height: 48 },
  { width: 128, height: 64 },
  { width: 192, height: 96 },
  { width: 256, height: 128 },
];
const bare = (text: string) => text.replace(/\s/g, '');
const said = (screens: ScreenLayout[]) => screens.flatMap(({ lines }) => lines.map(({ text }) => text));
const pages: (PageText & { id: string })[] = samples.texts.map((sample) => ({
  ...sample,
  hotline: 'สายด่วน 1441',
}));
const cases = SIGNS.flatMap((size) =>
  pages.map((page) => ({ name: `${page.id} on ${size.width}x${size.height}`, size, page })),
);

describe.each(cases)('$name', ({ size, page }) => {
  const screens = layoutPage(page, size, paletteOf(40, 'rgb565'), measure);

  test('every word is there, in order', () => {
    const lines = said(screens);
    // A title in a bar stands over each screen; it is read once.
    const once = lines.filter((text, index) => text !== page.title || lines.indexOf(text) === index);
    expect(bare(once.join(''))).toBe(bare(`${page.title}${page.text}${page.hotline}`));
  });

  test('every line lies inside the sign, no ink touches that of another', () => {
    for (const { lines } of screens) {
      let free = 0;
      for (const line of lines) {
        const { above, below } = extentOf(line.text, line.px);
        expect(line.baseline - above).toBeGreaterThanOrEqual(free);
        expect(line.baseline + below).toBeLessThanOrEqual(size.height);
        expect(line.left).toBeGreaterThanOrEqual(0);
        expect(line.left + measure(line.text, line.px)).toBeLessThanOrEqual(size.width);
        free = line.baseline + below + 1;
      }
    }
  });

  test('no letters below the least size; from 128x64 on none below the compact one but where a word needs it', () => {
    const sizes = screens.flatMap(({ lines }) => lines.map(({ px }) => px));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(size.width < 128 ? TYPE_SIZES.low : TYPE_SIZES.compact);
  });

  test('the hotline is on one line', () => {
    const whole = measure('สายด่วน 1441', TYPE_SIZES.least) <= size.width - 2;
    if (whole) expect(said(screens)).toContain('สายด่วน 1441');
    else expect(said(screens)).toEqual(expect.arrayContaining(['สายด่วน', '1441']));
  });
});

describe('a page', () => {
  const layout = (page: PageText, band: 40 | 60 | 90 = 40) =>
    layoutPage(page, { width: 128, height: 64 }, paletteOf(band, 'rgb565'), measure);

  test('of one word fills the sign', () => {
    const [screen, ...more] = layout({ text: 'ไฟไหม้' });
    expect(more).toEqual([]);
    expect(screen?.lines[0]?.px).toBeGreaterThan(32);
  });

  test('of many screens goes on to the next where the reader pauses, not inside a date, a place or a number', () => {
    const meeting = pages.find(({ id }) => id === 'meeting-1');
    const screens = layout({ text: '', ...meeting, hotline: undefined }).map(({ lines }) =>
      lines.map(({ text }) => text).join(' / '),
    );
    expect(screens).toEqual(
      expect.arrayContaining(['หมู่ที่ ๕ / บ้านโนนสว่าง', 'พ.ศ. ๒๕๖๙ / เวลา ๑๘.๓๐ น.', 'ณ ศาลา / กลางบ้าน']),
    );
  });

  test('keeps its own line breaks', () => {
    expect(said(layout({ text: 'บ้าน\nวัด' }))).toEqual(['บ้าน', 'วัด']);
  });

  test('of an alert differs in colour from an urgent and an ordinary one, in title and body', () => {
    const colours = ([90, 60, 40] as const).map((band) =>
      layout({ title: 'น้ำท่วม', text: 'ขึ้นที่สูง' }, band).map(({ boxes, lines }) => [
        boxes[0]?.colour,
        lines[0]?.colour,
      ]),
    );
    expect(new Set(colours.map((each) => JSON.stringify(each))).size).toBe(3);
    expect(colours[0]?.[1]).not.toEqual(colours[2]?.[1]);
  });

  test('without spaces and wider than any line is cut between clusters, and loses nothing', () => {
    const text = 'ญี่ปู่'.repeat(60);
    const lines = said(layout({ text }));
    expect(lines.join('')).toBe(text);
    for (const line of lines) expect(line).not.toMatch(/^\p{M}/u);
  });

  test('of many screens stands at least its time, each screen as long as it takes to read', () => {
    const screens = layout({ text: samples.texts[2]?.text ?? '' });
    const times = standingMs(screens, 10);
    expect(times.reduce((sum, ms) => sum + ms, 0)).toBeGreaterThanOrEqual(10_000);
    expect(Math.min(...times)).toBeGreaterThanOrEqual(2_000);
  });
});

describe('on a sign of 64x32', () => {
  const screens = (page: PageText) =>
    layoutPage(page, { width: 64, height: 32 }, paletteOf(40, 'rgb565'), measure).map(({ lines }) =>
      lines.map(({ text, px }) => `${text} ${px}`).join(' / '),
    );

  test('a telephone number is seen on one screen', () => {
    const shown = screens({ text: 'ติดต่อผู้ใหญ่บ้าน 081-234-5678 (นายสมชาย ใจดี)' });
    expect(shown).toContain('081-234- 12 / 5678 12');
  });

  test('an amount and its unit are seen on one screen', () => {
    expect(screens({ text: 'ข้าวเหนียว 12,300.50 บาท/ตัน ข้าวเจ้า' })).toContain('12,300.50 12 / บาท/ตัน 16');
  });

  test('a name that must be parted is seen on one screen', () => {
    const shown = screens({ text: 'อำเภอพระนครศรีอยุธยา จังหวัดพระนครศรีอยุธยา' });
    expect(shown.filter((screen) => screen === 'พระนคร 16 / ศรีอยุธยา 12')).toHaveLength(2);
  });

  test('a screen that has room is set larger', () => {
    expect(screens({ text: 'ป้องกันและบรรเทาสาธารณภัย ฉุกเฉิน' }).at(-1)).toBe('ฉุกเฉิน 20');
  });

  test('no page is set in a size that most of its lines shrink from', () => {
    expect(screens({ title: 'พยากรณ์อากาศ', text: 'ฝน' })[0]).toBe('พยากรณ์ 16 / อากาศ 16');
  });
});

test('one word is as large as a sign of 160 rows holds it', () => {
  const size = { width: 320, height: 160 };
  const [screen] = layoutPage({ text: 'งดเผา' }, size, paletteOf(90, 'rgb565'), measure);
  expect(screen?.lines.map(({ px }) => px)).toEqual([112]);
});

test('on a sign of 16 rows lines of unlike height stand on one row', () => {
  const size = { width: 96, height: 16 };
  const page = { text: 'กก.ละ 130 บาทเท่านั้นนะครับ น้ำมันปาล์มขวดละเท่าไร' };
  const lines = layoutPage(page, size, paletteOf(40, 'rgb565'), measure).flatMap((screen) => screen.lines);
  expect(lines.length).toBeGreaterThan(2);
  expect(new Set(lines.filter(({ px }) => px === TYPE_SIZES.low).map(({ baseline }) => baseline)).size).toBe(
    1,
  );
});
