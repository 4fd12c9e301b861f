import type { PageText } from './layout.ts';
import { breakIntoLines, type MeasureWidth } from './line-breaking.ts';
import { extentOf } from './line-extent.ts';
import type { Palette } from './palette.ts';
import type { Box, PlacedLine, ScreenLayout, Size } from './screen.ts';
import { OFFERED_PX, TYPE_SIZES } from './type-sizes.ts';
import { wordsOf } from './words.ts';

/** Columns between title, text and hotline on a strip, in em. */
const PART_EM = 1;
/** Columns at both ends of the title's bar. */
const BAR_SIDE_PX = 2;

/**
 * One lamp a step at the 60 steps a second of a sign, or slower where the window or the letters are small: a letter is in sight
 * for a second at least, and the eye is given 5 to 8 letters a second, where it reads 11 that stand still (reading-time.ts).
 */
const SPEED = { most: 60, emPerSecond: 4 } as const;

/** A page as text that runs through the area, in the largest letters whose every mark has room; several strips where one is too long. */
export function runningLines(
  page: PageText,
  area: Size,
  palette: Palette,
  measure: MeasureWidth,
  stripPixels = Number.POSITIVE_INFINITY,
): ScreenLayout[] {
  const text = [page.text, page.hotline ?? ''].join(' ').replaceAll('\n', ' ').trim();
  const px = largestIn(area.height, `${page.title ?? ''} ${text}`);
  const mostColumns = Math.max(area.width, Math.floor(stripPixels / area.height));
  const parts: Part[] = [
    ...(page.title ? [{ text: page.title, colour: palette.title, bar: palette.bar }] : []),
    { text: page.text.replaceAll('\n', ' '), colour: palette.body },
    ...(page.hotline ? [{ text: page.hotline, colour: palette.hotline }] : []),
  ];
  const strips = intoStrips(
    parts.flatMap((part) => cut(part, px, mostColumns, measure)),
    px,
    mostColumns,
    measure,
  );
  return strips.map((strip) => ({
    boxes: [],
    lines: [],
    running: {
      strip: placed(strip, px, area.height, measure),
      left: 0,
      top: 0,
      width: area.width,
      pixelsPerSecond: Math.min(SPEED.most, SPEED.emPerSecond * px, area.width),
      gapColumns: area.width,
    },
  }));
}

interface Part {
  text: string;
  colour: PlacedLine['colour'];
  bar?: Box['colour'];
}

function largestIn(rows: number, text: string): number {
  const fits = (px: number) => {
    const { above, below } = extentOf(text, px);
    return above + below <= rows;
  };
  return OFFERED_PX.find(fits) ?? TYPE_SIZES.low;
}

/** A part that is wider than any strip, cut between words. */
function cut(part: Part, px: number, width: number, measure: MeasureWidth): Part[] {
  const setting = { px, width: width - 2 * BAR_SIDE_PX, measure, togetherPx: px };
  return breakIntoLines(wordsOf(part.text), setting).map(({ text }) => ({ ...part, text }));
}

function intoStrips(parts: Part[], px: number, mostColumns: number, measure: MeasureWidth): Part[][] {
  const strips: Part[][] = [];
  for (const part of parts) {
    const open = strips.at(-1);
    if (open !== undefined && columnsOf([...open, part], px, measure) <= mostColumns) open.push(part);
    else strips.push([part]);
  }
  return strips;
}

function columnsOf(parts: Part[], px: number, measure: MeasureWidth): number {
  const widths = parts.map((part) => measure(part.text, px) + sideOf(part) * 2);
  return widths.reduce((sum, width) => sum + width, PART_EM * px * (parts.length - 1));
}

function sideOf({ bar }: Part): number {
  return bar === undefined ? 0 : BAR_SIDE_PX;
}

function placed(parts: Part[], px: number, height: number, measure: MeasureWidth): ScreenLayout & Size {
  const { above, below } = extentOf(parts.map(({ text }) => text).join(' '), px);
  const baseline = above + Math.max(0, Math.floor((height - above - below) / 2));
  const boxes: Box[] = [];
  const lines: PlacedLine[] = [];
  let left = 0;
  for (const part of parts) {
    const width = measure(part.text, px) + 2 * sideOf(part);
    if (part.bar) boxes.push({ left, top: 0, width, height, colour: part.bar });
    lines.push({ text: part.text, px, left: left + sideOf(part), baseline, colour: part.colour });
    left += width + PART_EM * px;
  }
  return { boxes, lines, height, width: left - PART_EM * px };
}
