import { describe, expect, test } from 'vitest';
import { encodeQr } from '../../../../device/drivers/pictures/qr-encoder.ts';
import { compose } from '../../../../device/panel/layout/compose.ts';
import { wordsOf } from '../../../../device/panel/layout/words.ts';
import type { PageScreen } from '../../../../device/panel/picture/page-plan.ts';
import { qrLamps } from '../../../../device/panel/picture/qr-code.ts';
import type { Page } from '../../../../firmware-protocol/content/announcement.ts';
import { signFont } from '../layout/font.ts';

const font = signFont();
const picture = { width: 400, height: 300, delaysMs: [0] };
const SIZES = ['64x32', '128x64', '192x96', '256x128', '64x128'];
const PAGES: Omit<Page, 'seconds'>[] = [
  { text: 'ฉีดวัคซีนฟรี', qr: 'tel:1422' },
  { text: 'แจ้งเหตุ', qr: 'tel:1784' },
  {
    title: 'น้ำท่วมฉับพลัน',
    text: 'ยกของขึ้นที่สูง ตัดไฟฟ้า ออกจากพื้นที่ลุ่ม',
    hotline: 'สายด่วน 1784',
    qr: 'tel:1784',
  },
  { title: 'ฉีดวัคซีนฟรี', text: 'ผู้สูงอายุ รพ.สต. ทุกวันพุธ', hotline: 'สายด่วน 1422', qr: 'tel:1422' },
];

function composed(
  page: Omit<Page, 'seconds'>,
  size: string,
): { screens: PageScreen[]; width: number; height: number } {
  const [width = 0, height = 0] = size.split('x').map(Number);
  const content = { type: 'page' as const, page: { ...page, seconds: 10 }, band: 40 as const };
  const qr = page.qr === undefined ? undefined : { text: page.qr, encode: encodeQr };
  const screens = compose({ width, height, depth: 'rgb565', marquee: false, content }, font, { picture, qr });
  return { screens, width, height };
}

describe.each(SIZES)('on %s', (size) => {
  test.each(PAGES)('$text: nothing hangs over the edge', (page) => {
    const { screens, width, height } = composed(page, size);
    for (const { layout, plates } of screens) {
      for (const { left, top, ...box } of layout.boxes) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(top).toBeGreaterThanOrEqual(0);
        expect(left + box.width).toBeLessThanOrEqual(width);
        expect(top + box.height).toBeLessThanOrEqual(height);
      }
      for (const { text, left, px } of layout.lines) {
        expect(left).toBeGreaterThanOrEqual(0);
        expect(left + font.width(text, px)).toBeLessThanOrEqual(width);
      }
      for (const plate of plates) {
        const side =
          plate.of === 'qr' ? { width: qrLamps(plate.symbol), height: qrLamps(plate.symbol) } : plate.size;
        expect(plate.left + side.width).toBeLessThanOrEqual(width);
        expect(plate.top + side.height).toBeLessThanOrEqual(height);
      }
    }
  });

  test.each(PAGES)('$text: beside a figure no word is broken and the hotline keeps its line', (page) => {
    for (const { layout, plates } of composed(page, size).screens) {
      if (plates.length === 0) continue;
      const all = wordsOf([page.title, page.text, page.hotline].join(' ')).map(({ text }) => text);
      for (const { text } of layout.lines) {
        if (text === page.hotline) continue;
        expect(page.hotline ?? '').not.toContain(text);
        for (const word of wordsOf(text)) expect(all).toContain(word.text);
      }
    }
  });

  test.each(PAGES)('$text: picture and code are both seen, once at least, and all words', (page) => {
    const { screens } = composed(page, size);
    const shown = screens.flatMap(({ plates }) => plates.map(({ of }) => of));
    expect([shown.includes('picture'), shown.includes('qr')]).toEqual([true, true]);
    const said = screens.flatMap(({ layout }) => layout.lines.map(({ text }) => text)).join('');
    for (const word of wordsOf(page.text)) expect(said).toContain(word.text);
  });
});
