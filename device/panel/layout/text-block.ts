import {
  type BrokenLine,
  breakIntoLines,
  type LineEnd,
  type MeasureWidth,
  type SetLine,
} from './line-breaking.ts';
import { extentOf } from './line-extent.ts';
import { isLow, LOW_ROWS, lowBaselineOf } from './low-marks.ts';
import { BOND } from './no-break-words.ts';
import type { Colour, PlacedLine, Size } from './screen.ts';
import { TYPE_SIZES } from './type-sizes.ts';
import { type Word, wordsOf } from './words.ts';

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

/** A paragraph between two line breaks, and its words: they are the same at every size. */
interface Passage extends Paragraph {
  words: Word[];
}

/**
 * Sets paragraphs into an area: in the largest letters in which all fits one screen; else on several screens in
 * readable letters, or smaller ones where that saves a quarter of the screens. Lines are centred.
 */
export function fitText(paragraphs: Paragraph[], area: Size, measure: MeasureWidth): PlacedLine[][] {
  const passages = paragraphs.flatMap(passagesOf);
  for (const px of TYPE_SIZES.whole) {
    const lines = setAll(passages, px, area, measure);
    const unshrunk = lines.every((line) => line.px === px);
    if (unshrunk && heightOf(lines) <= area.height) return [place(lines, area, measure)];
  }
  const screens = severalScreens(passages, area, measure);
  return screens.map((lines) => place(grown(lines, area, measure), area, measure));
}

function passagesOf({ text, ...rest }: Paragraph): Passage[] {
  return text.split('\n').map((passage) => {
    const words = wordsOf(passage);
    const bound = rest.oneLine ? words.map((word) => ({ ...word, bond: BOND.firmly })) : words;
    return { ...rest, text: passage, words: bound };
  });
}

function severalScreens(passages: Passage[], area: Size, measure: MeasureWidth): ColouredLine[][] {
  const sizes = area.height < TYPE_SIZES.smallSignRows ? SMALL_SIGN : USUAL_SIGN;
  const settings = sizes
    .map((px) => ({ px, lines: setAll(passages, px, area, measure) }))
    .filter(({ lines }) => lines.every((line) => heightOf([line]) <= area.height));
  const held = settings.filter(mostLinesKeepSize);
  const choices = (held.length > 0 ? held : settings.slice(-1)).map(({ lines }) =>
    intoScreens(lines, area.height),
  );
  const [largest, ...others] = choices;
  if (largest === undefined) return intoScreens(setAll(passages, TYPE_SIZES.low, area, measure), area.height);
  return others.reduce((best, smaller) => (smaller.length * 4 <= best.length * 3 ? smaller : best), largest);
}

/** A size that most lines shrink from leaves a page of many sizes, with one word a line. */
function mostLinesKeepSize({ px, lines }: { px: number; lines: ColouredLine[] }): boolean {
  return lines.filter((line) => line.px < px).length * 2 < lines.length;
}

/**
 * A screen that has room is read from further away in larger letters, its lines as they are. Only in those of a page of several
 * screens, or sizes would jump from screen to screen; the letters of low signs are another hand, and stay.
 */
function grown(lines: ColouredLine[], area: Size, measure: MeasureWidth): ColouredLine[] {
  const px = lines[0]?.px;
  if (px === undefined || isLow(px) || lines.some((line) => line.px !== px)) return lines;
  const fits = (size: number) =>
    lines.every(({ text }) => measure(text, size) <= area.width) &&
    heightOf(lines.map((line) => ({ ...line, px: size }))) + 2 * LEADING.rows <= area.height;
  const larger = USUAL_SIGN.find((size) => size > px && fits(size));
  return larger === undefined ? lines : lines.map((line) => ({ ...line, px: larger }));
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
  passages: Passage[],
  px: number,
  { width, height }: Size,
  measure: MeasureWidth,
): ColouredLine[] {
  const isSmall = height < TYPE_SIZES.smallSignRows;
  return passages.flatMap(({ words, colour, oneLine }) => {
    const togetherPx = oneLine || isSmall ? TYPE_SIZES.least : TYPE_SIZES.compact;
    const lines = breakIntoLines(words, { px, width, measure, togetherPx });
    return lines.map((line) => ({ ...line, colour }));
  });
}

/** What it costs to go on on another screen after a line, and, times its square, to leave a part of a screen empty. */
const PARTED: Record<LineEnd, number> = { phrase: 0, word: 0.1, together: 1, inside: 3 };
const EMPTY_COST = 1;
/** Screens that are spent to keep a word, a number or a number and its unit on one: half of a number is forgotten. */
const WORTH_OF_WHOLE = 1;

/** As few screens as the lines need to keep words and numbers whole; of those the ones that part least of what belongs together, filled alike. */
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
      const isCut = index < lines.length - 1 && last.ends === 'inside';
      const screens = before.screens + 1 + (isCut ? WORTH_OF_WHOLE : 0);
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
  let baseline = steadyTop(lines, area) ?? top;
  return lines.map((line, index) => {
    const above = lines[index - 1];
    baseline += above === undefined ? extentOf(line.text, line.px).above : pitch(above, line) + between;
    const left = Math.max(0, Math.floor((area.width - measure(line.text, line.px)) / 2));
    return { ...line, left, baseline };
  });
}

/** Where the first line begins on a sign that has rows for one: lines of unlike height stand on one row all the same. */
function steadyTop([line, ...more]: SetLine[], { height }: Size): number | undefined {
  if (line === undefined || more.length > 0 || height !== LOW_ROWS || !isLow(line.px)) return undefined;
  return lowBaselineOf(line.text) - extentOf(line.text, line.px).above;
}
