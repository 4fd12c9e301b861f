import type { Page } from '../../../firmware-protocol/content/announcement.ts';
import type { MeasureWidth } from './line-breaking.ts';
import { extentOf } from './line-extent.ts';
import type { Palette } from './palette.ts';
import type { Box, PlacedLine, ScreenLayout, Size } from './screen.ts';
import { fitText, heightOf, type Paragraph } from './text-block.ts';

/** The words of a page; text-cleaning has gone over them. */
export type PageText = Pick<Page, 'text'> & { title?: string | undefined; hotline?: string | undefined };

const LAYOUT = {
  /** Dark columns at both edges: letters that touch the frame are hard to read. */
  sidePx: 1,
  /** A title shares the screen only while it leaves this much of the height to the body. */
  titleShare: 0.3,
  /** Sizes of a title over a body, largest first; a longer one gets a screen of its own. */
  titlePx: [28, 24, 20],
  /** The stripe that keeps the band's colour in sight, on signs that have rows to spare. */
  stripePx: 2,
  stripeFromHeight: 64,
} as const;

/** The screens that say a page on a sign of this size: at least one, each word on one of them, in order. */
export function layoutPage(
  page: PageText,
  size: Size,
  palette: Palette,
  measure: MeasureWidth,
): ScreenLayout[] {
  const body: Paragraph[] = [{ text: page.text, colour: palette.body, oneLine: false }];
  if (page.hotline) body.push({ text: page.hotline, colour: palette.hotline, oneLine: true });

  const bar = page.title ? titleBar(page.title, size, palette, measure) : undefined;
  const head = bar ?? stripe(size, palette, page.title !== undefined);
  const bodies = below(head, body, size, measure);
  if (page.title === undefined || bar !== undefined) return bodies;
  return [...titleScreens(page.title, size, palette, measure), ...bodies];
}

interface Head {
  rows: number;
  boxes: Box[];
  lines: PlacedLine[];
}

function below(head: Head, paragraphs: Paragraph[], size: Size, measure: MeasureWidth): ScreenLayout[] {
  const area = { width: size.width - 2 * LAYOUT.sidePx, height: size.height - head.rows };
  return fitText(paragraphs, area, measure).map((lines) => ({
    boxes: head.boxes,
    lines: [...head.lines, ...lines.map((line) => moved(line, LAYOUT.sidePx, head.rows))],
  }));
}

/** The title in one line over the body, or undefined where it would take too much of the sign. */
function titleBar(title: string, size: Size, palette: Palette, measure: MeasureWidth): Head | undefined {
  for (const px of LAYOUT.titlePx) {
    const width = measure(title, px);
    const rows = heightOf([{ text: title, px }]) + 2;
    if (width > size.width - 2 * LAYOUT.sidePx || rows > size.height * LAYOUT.titleShare) continue;
    const left = Math.floor((size.width - width) / 2);
    return {
      rows: rows + 1,
      boxes: [{ left: 0, top: 0, width: size.width, height: rows, colour: palette.bar }],
      lines: [{ text: title, px, left, baseline: 1 + extentOf(title, px).above, colour: palette.title }],
    };
  }
  return undefined;
}

function stripe(size: Size, palette: Palette, wanted: boolean): Head {
  if (!wanted || size.height < LAYOUT.stripeFromHeight) return { rows: 0, boxes: [], lines: [] };
  const box = { left: 0, top: 0, width: size.width, height: LAYOUT.stripePx, colour: palette.bar };
  return { rows: LAYOUT.stripePx, boxes: [box], lines: [] };
}

function titleScreens(title: string, size: Size, palette: Palette, measure: MeasureWidth): ScreenLayout[] {
  const area = { width: size.width - 2 * LAYOUT.sidePx, height: size.height };
  const ground = { left: 0, top: 0, ...size, colour: palette.bar };
  return fitText([{ text: title, colour: palette.title, oneLine: false }], area, measure).map((lines) => ({
    boxes: [ground],
    lines: lines.map((line) => moved(line, LAYOUT.sidePx, 0)),
  }));
}

function moved(line: PlacedLine, right: number, down: number): PlacedLine {
  return { ...line, left: line.left + right, baseline: line.baseline + down };
}
