import { describe, expect, test } from 'vitest';
import { compose } from '../../../../device/panel/layout/compose.ts';
import { OFFERED_PX } from '../../../../device/panel/layout/type-sizes.ts';
import type { PanelFace } from '../../../../device/sign-ports.ts';
import samples from '../../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };
import { signFont } from './font.ts';

const font = signFont();
const LOW: PanelFace = { width: 128, height: 16, depth: 'rgb111', marquee: true };
const bare = (text: string) => text.replace(/\s/g, '');

function composed(face: PanelFace, text: string, seconds = 10) {
  const page = { title: 'ประกาศ', text, hotline: 'สายด่วน 1441', seconds };
  return compose({ ...face, content: { type: 'page', page, band: 40 } }, font);
}

const said = (screens: ReturnType<typeof composed>) =>
  screens.flatMap(({ layout }) =>
    [...layout.lines, ...(layout.running?.strip.lines ?? [])].map(({ text }) => text),
  );

describe.each(samples.texts)('$id', ({ text }) => {
  test('runs through a sign of 16 rows in one strip, every word of it, at a size whose marks are kept', () => {
    const screens = composed(LOW, text);
    expect(screens).toHaveLength(1);
    const running = screens[0]?.layout.running;
    expect(running).toMatchObject({ left: 0, top: 0, width: 128, strip: { height: 16 } });
    expect(bare(said(screens).join(''))).toBe(bare(`ประกาศ${text}สายด่วน 1441`));
    for (const { px } of running?.strip.lines ?? []) expect(OFFERED_PX).toContain(px);
  });

  test('stands in pages where the sign cannot scroll, every word of it', () => {
    const screens = composed({ ...LOW, marquee: false }, text);
    expect(screens.length).toBeGreaterThan(1);
    expect(screens.every(({ layout }) => layout.running === undefined)).toBe(true);
    expect(bare(said(screens).join(''))).toBe(bare(`ประกาศ${text}สายด่วน 1441`));
  });

  test('is cut between words into strips that the board can hold', () => {
    const stripPixels = 200 * 16;
    const screens = composed({ ...LOW, stripPixels }, text);
    for (const { layout } of screens) {
      const { width = 0, height = 0 } = layout.running?.strip ?? {};
      expect(width).toBeGreaterThan(0);
      expect(width * height).toBeLessThanOrEqual(stripPixels);
    }
    expect(bare(said(screens).join(''))).toBe(bare(`ประกาศ${text}สายด่วน 1441`));
  });
});

test('stands until the text has run through whole, as often as the page has seconds for', () => {
  const [once] = composed(LOW, samples.texts[2]?.text ?? '', 5);
  const running = once?.layout.running;
  if (once === undefined || running === undefined) throw new Error('nothing runs');
  const run = ((running.strip.width + running.gapColumns) / running.pixelsPerSecond) * 1_000;
  expect(once.ms).toBeGreaterThanOrEqual(run);
  expect(once.ms).toBeLessThan(run + 2);
  const [twice] = composed(LOW, samples.texts[2]?.text ?? '', Math.ceil(run / 1_000) + 1);
  expect(twice?.ms).toBe(2 * once.ms);
});

test('what fits one screen stands, also where the sign could scroll it', () => {
  const page = { text: 'ไฟไหม้', seconds: 5 };
  const [screen, ...more] = compose({ ...LOW, content: { type: 'page', page, band: 90 } }, font);
  expect(more).toEqual([]);
  expect(screen?.layout.running).toBeUndefined();
});

test('a sign with rows for sentences does not scroll', () => {
  const screens = composed({ ...LOW, width: 128, height: 64 }, samples.texts[2]?.text ?? '');
  expect(screens.every(({ layout }) => layout.running === undefined)).toBe(true);
});
