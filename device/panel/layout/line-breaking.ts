import { TYPE_SIZES } from './type-sizes.ts';
import { clustersOf, partsOf, type Word } from './words.ts';

/** Width of a text at a size, whole pixels. */
export type MeasureWidth = (text: string, px: number) => number;

export interface SetLine {
  text: string;
  px: number;
}

/** What a line ends with: a phrase, a word within one, or a word that belongs to the next line's first. */
export type LineEnd = 'phrase' | 'word' | 'together';

export interface BrokenLine extends SetLine {
  ends: LineEnd;
}

export interface LineSetting {
  px: number;
  /** Pixels that a line may take. */
  width: number;
  measure: MeasureWidth;
  /** Words that belong together get a line of their own in letters down to this size before they are parted. */
  togetherPx: number;
}

/** What a line may do badly, weighed against one line more. */
const COST = {
  line: 1.5,
  /** Times the square of the empty part: lines of like length. */
  ragged: 1,
  /** Ended inside a phrase; Thai parts phrases with a space. */
  insidePhrase: 0.3,
  /** Parted a number from its unit, or a negation from its verb. */
  glued: 6,
} as const;

/** A word, or several that share one line, at the size in which it fits. */
interface Piece extends Word {
  px: number;
  /** Pixels of the word, and of the space after it. */
  width: number;
  spaceWidth: number;
}

/**
 * Sets words in lines: as few as the words need, like in length, ended between phrases where that costs little. What
 * does not fit one line at the wanted size stands alone in smaller letters; a word that fits at no size is cut into
 * the words it is made of, or between clusters.
 */
export function breakIntoLines(words: Word[], setting: LineSetting): BrokenLine[] {
  const pieces = unitsOf(words).flatMap((unit) => piecesOf(unit, setting));
  /** For each number of pieces set so far: the least cost, and where its last line begins. */
  const best = [{ cost: 0, from: 0 }];
  pieces.forEach((last, index) => {
    let cheapest = { cost: Number.POSITIVE_INFINITY, from: index };
    let used = 0;
    for (let from = index; from >= 0; from--) {
      const first = pieces[from];
      // Pieces of unlike size share no line.
      if (first?.px !== last.px) break;
      used += first.width + (from < index ? first.spaceWidth : 0);
      if (from < index && used > setting.width) break;
      const cost = (best[from]?.cost ?? 0) + costOf(last, used / setting.width, index === pieces.length - 1);
      if (cost < cheapest.cost) cheapest = { cost, from };
    }
    best.push(cheapest);
  });
  return linesAlong(best, pieces, setting.px);
}

/** Of a line that ends with the piece. */
function costOf(last: Piece, filled: number, ends: boolean): number {
  const empty = Math.max(0, 1 - filled);
  const ragged = COST.ragged * empty * empty * (ends ? 0.5 : 1);
  if (ends) return COST.line + ragged;
  return COST.line + ragged + (last.glued ? COST.glued : last.space ? 0 : COST.insidePhrase);
}

function linesAlong(best: { from: number }[], pieces: Piece[], px: number): BrokenLine[] {
  const lines: BrokenLine[] = [];
  let to = pieces.length;
  while (to > 0) {
    const from = best[to]?.from ?? 0;
    const run = pieces.slice(from, to);
    const isLast = to === pieces.length;
    lines.unshift({ text: textOf(run), px: run[0]?.px ?? px, ends: isLast ? 'phrase' : endOf(run.at(-1)) });
    to = from;
  }
  return lines;
}

function endOf(last: Piece | undefined): LineEnd {
  if (last?.glued) return 'together';
  return last?.space ? 'phrase' : 'word';
}

/** Chains of words that belong together. */
function unitsOf(words: Word[]): Word[][] {
  const units: Word[][] = [];
  words.forEach((word, index) => {
    const chain = words[index - 1]?.glued ? units.at(-1) : undefined;
    if (chain === undefined) units.push([word]);
    else chain.push(word);
  });
  return units;
}

function piecesOf(unit: Word[], setting: LineSetting): Piece[] {
  const text = textOf(unit);
  const together = largestThatFits(text, setting.togetherPx, setting);
  if (together === setting.px) return unit.map((word) => sized(word, setting.px, setting));
  const whole: Word = { text, space: unit.at(-1)?.space ?? '', glued: unit.at(-1)?.glued ?? false };
  if (together !== undefined) return [sized(whole, together, setting)];
  if (unit.length > 1) return divided(unit, setting);

  const least = largestThatFits(text, TYPE_SIZES.least, setting);
  if (least !== undefined) return [sized(whole, least, setting)];
  return cut(whole, setting);
}

/** A chain too long for a line, in as few runs as it needs: the last is the longest, for there its number and unit stand. */
function divided(unit: Word[], setting: LineSetting): Piece[] {
  const from = unit.findIndex((_, index) => fits(textOf(unit.slice(index)), setting.togetherPx, setting));
  const start = from === -1 ? unit.length - 1 : Math.max(1, from);
  const [before, run] = [unit.slice(0, start), unit.slice(start)];
  return [...piecesOf(before, setting), ...piecesOf(run, setting)];
}

function sized(word: Word, px: number, { measure }: LineSetting): Piece {
  return { ...word, px, width: measure(word.text, px), spaceWidth: measure(word.space, px) };
}

function largestThatFits(text: string, leastPx: number, setting: LineSetting): number | undefined {
  const smaller = TYPE_SIZES.smaller.filter((size) => size < setting.px && size >= leastPx);
  return [setting.px, ...smaller].find((size) => fits(text, size, setting));
}

function fits(text: string, px: number, { width, measure }: LineSetting): boolean {
  return measure(text, px) <= width;
}

/**
 * A word that no line holds in letters told apart with ease: the words that it is made of, in these letters; else whole in
 * smaller ones; else cut between clusters, which small letters would not spare it.
 */
function cut(word: Word, setting: LineSetting): Piece[] {
  const least = Math.min(setting.px, TYPE_SIZES.least);
  const low = Math.min(setting.px, TYPE_SIZES.low);
  const words = partsOf(word.text);
  if (words.length > 1 && words.every((part) => fits(part, least, setting))) {
    return gluedTogether(words, word.space, least, setting);
  }
  if (fits(word.text, low, setting)) return [sized(word, low, setting)];
  const parted = (parts: string[], into: (part: string) => string[]) =>
    parts.flatMap((part) => (fits(part, low, setting) ? [part] : into(part)));
  const parts = [clustersOf, (part: string) => [...part]].reduce(parted, words);
  return gluedTogether(parts, word.space, least, setting);
}

/** Parts of a word, as pieces that want to stay together; one that is too wide is whole in the letters of low signs. */
function gluedTogether(parts: string[], space: Word['space'], px: number, setting: LineSetting): Piece[] {
  const low = Math.min(px, TYPE_SIZES.low);
  return parts.map((text, index) => {
    const ends = index === parts.length - 1;
    const size = fits(text, px, setting) ? px : low;
    return sized({ text, space: ends ? space : '', glued: !ends }, size, setting);
  });
}

function textOf(words: Word[]): string {
  return words
    .map((word) => word.text + word.space)
    .join('')
    .trimEnd();
}
