import {
  type BrokenLine,
  breakIntoLines,
  type LineEnd,
  type MeasureWidth,
  type SetLine,
} from './line-breaking.ts';
import { extentOf } from './line-extent.ts';
import type { Colour, PlacedLine, Size } from './screen.ts';
import { TYPE_SIZES } from './type-sizes.ts';
import { wordsOf } from './words.ts';

/** A run of text with one colour. Its line breaks are kept; `oneLine` holds it together down to the least size. */
export interface Paragraph {
  text: string;
  colour: Colour;
  oneLine: boolean;
}

interface ColouredLine extends BrokenLine {
  colour: Colour;
}

/** What a page of several screens may be set in, the largest first. */
const USUAL_SIGN = [TYPE_SIZES.readable, TYPE_SIZES.compact];
const SMALL_SIGN = [...USUAL_SIGN, TYPE_SIZES.least];

/** Rows free between the ink of two lines, and the least distance of two baselines in em: even where nothing reaches. */
const LEADING = { rows: 1, em: 1.15 } as const;

/**
 * Sets paragraphs into an area: in the largest letters in which all fits one screen; else on several screens in
 * readable letters, or smaller ones where that saves a quarter of the screens. Lines are centred.
 */
export function fitText(paragraphs: Paragraph[], area: Size, measure: MeasureWidth): PlacedLine[][] {
  for (const px of TYPE_SIZES.whole) {
    const lines = setAll(paragraphs, px, area, measure);
    const unshrunk = lines.every((line) => line.px === px);
    if (unshrunk && heightOf(lines) <= area.height) return [place(lines, area, measure)];
  }
  const screens = severalScreens(paragraphs, area, measure);
  return screens.map((lines) => place(lines, area, measure));
}

function severalScreens(paragraphs: Paragraph[], area: Size, measure: MeasureWidth): ColouredLine[][] {
  const sizes = area.height < TYPE_SIZES.smallSignRows ? SMALL_SIGN : USUAL_SIGN;
  const choices = sizes
    .map((px) => setAll(paragraphs, px, area, measure))
    .filter((lines) => lines.every((line) => heightOf([line]) <= area.height))
    .map((lines) => intoScreens(lines, area.height));
  const [largest, ...others] = choices;
  if (largest === undefined)
    return intoScreens(setAll(paragraphs, TYPE_SIZES.low, area, measure), area.height);
  return others.reduce((best, smaller) => (smaller.length * 4 <= best.length * 3 ? smaller : best), largest);
}

/** Rows from the top of the first line's ink to the bottom of the last line's. */
export function heightOf(lines: SetLine[]): number {
  const first = lines[0];
  const last = lines.at(-1);
  if (first === undefined || last === undefined) return 0;
  const baselines = lines.slice(1).reduce((sum, line, index) => sum + pitch(lines[index] ?? line, line), 0);
  return extentOf(first.text, first.px).above + baselines + extentOf(last.text, last.px).below;
}

/** Rows from one baseline to the next. */
function pitch(upper: SetLine, lower: SetLine): number {
  const ink = extentOf(upper.text, upper.px).below + extentOf(lower.text, lower.px).above;
  return Math.max(ink + LEADING.rows, Math.round(LEADING.em * Math.min(upper.px, lower.px)));
}

function setAll(
  paragraphs: Paragraph[],
  px: number,
  { width, height }: Size,
  measure: MeasureWidth,
): ColouredLine[] {
  const isSmall = height < TYPE_SIZES.smallSignRows;
  return paragraphs.flatMap(({ text, colour, oneLine }) =>
    text.split('\n').flatMap((paragraph) => {
      const words = wordsOf(paragraph);
      const setting = {
        px,
        width,
        measure,
        togetherPx: oneLine || isSmall ? TYPE_SIZES.least : TYPE_SIZES.compact,
      };
      const lines = breakIntoLines(
        oneLine ? words.map((word) => ({ ...word, glued: true })) : words,
        setting,
      );
      return lines.map((line) => ({ ...line, colour }));
    }),
  );
}

/** What it costs to go on on another screen after a line, and, times its square, to leave a part of a screen empty. */
const PARTED: Record<LineEnd, number> = { phrase: 0, word: 0.1, together: 1 };
const EMPTY_COST = 1;

/** As few screens as the lines need; of those the ones that part least of what belongs together, filled alike. */
function intoScreens(lines: ColouredLine[], height: number): ColouredLine[][] {
  /** For each number of lines shown so far: screens, cost, and where the last screen begins. */
  const best = [{ screens: 0, cost: 0, from: 0 }];
  lines.forEach((last, index) => {
    const ends = index === lines.length - 1 ? 0 : PARTED[last.ends];
    let cheapest = { screens: Number.POSITIVE_INFINITY, cost: 0, from: index };
    for (let from = index; from >= 0; from--) {
      const rows = heightOf(lines.slice(from, index + 1));
      if (from < index && rows > height) break;
      const before = best[from] ?? cheapest;
      const empty = Math.max(0, 1 - rows / height);
      const screens = before.screens + 1;
      const cost = before.cost + ends + EMPTY_COST * empty * empty;
      const isFewer = screens < cheapest.screens || (screens === cheapest.screens && cost < cheapest.cost);
      if (isFewer) cheapest = { screens, cost, from };
    }
    best.push(cheapest);
  });
  const screens: ColouredLine[][] = [];
  for (let to = lines.length; to > 0; to = best[to]?.from ?? 0)
    screens.unshift(lines.slice(best[to]?.from ?? 0, to));
  return screens;
}

function place(lines: ColouredLine[], area: Size, measure: MeasureWidth): PlacedLine[] {
  const spare = Math.max(0, area.height - heightOf(lines));
  // Free rows go between the lines too, up to the font's own distance, the rest above and below.
  const between = lines.length > 1 ? Math.min(Math.floor(spare / (lines.length + 1)), 6) : 0;
  const top = Math.floor((spare - between * (lines.length - 1)) / 2);
  let baseline = top;
  return lines.map((line, index) => {
    const above = lines[index - 1];
    baseline += above === undefined ? extentOf(line.text, line.px).above : pitch(above, line) + between;
    const left = Math.max(0, Math.floor((area.width - measure(line.text, line.px)) / 2));
    return { ...line, left, baseline };
  });
}
