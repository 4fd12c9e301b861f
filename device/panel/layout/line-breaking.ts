import { BOND, type Bond, LEADS_ON } from './no-break-words.ts';
import { TYPE_SIZES } from './type-sizes.ts';
import { clustersOf, lastPartsOf, partsOf, type Word } from './words.ts';

/** Width of a text at a size, whole pixels. */
export type MeasureWidth = (text: string, px: number) => number;

export interface SetLine {
  text: string;
  px: number;
}

/**
 * What a line ends with: a phrase, a word within one, a word that belongs to the next line's first; or inside of what is read as one: a
 * word, a number, a number with its unit.
 */
export type LineEnd = 'phrase' | 'word' | 'together' | 'inside';

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
  /** Parted what belongs together (BOND): from a preposition and its word to a number and its unit. */
  parted: [0, 0.4, 4, 8],
  /** Begins, behind something else, what it then parts: a date or a bracket that must be parted rather begins a line. */
  dangling: 1,
  danglingBracket: 3,
  /** The same for a word that is parted at its seam. */
  danglingPart: 0.2,
} as const;

const OPENING = /^[([{«“‘"]/u;

/** Told as one: of a telephone, of an account. */
const NUMBER = /^[\d๐-๙]+(?:-[\d๐-๙]+)+$/u;

/** A word, or several that share one line, at the size in which it fits. */
interface Piece extends Word {
  px: number;
  /** Pixels of the word, and of the space after it. */
  width: number;
  spaceWidth: number;
  /** A part of a word or of a number that goes on with the next piece. */
  isPart: boolean;
  /** Of a number in two lines: nothing else stands on them. */
  isAlone: boolean;
}

/**
 * Sets words in lines: as few as the words need, like in length, ended between phrases where that costs little. What
 * does not fit one line at the wanted size stands alone in smaller letters; a word that fits at no size is cut into
 * the words it is made of, or between clusters.
 */
export function breakIntoLines(words: Word[], setting: LineSetting): BrokenLine[] {
  const pieces = withLeads(
    unitsOf(words).flatMap((unit) => piecesOf(unit, setting)),
    setting,
  );
  const heads = headsOf(pieces);
  /** For each number of pieces set so far: the least cost, and where its last line begins. */
  const best = [{ cost: 0, from: 0 }];
  pieces.forEach((last, index) => {
    const head = heads[index] ?? index;
    let cheapest = { cost: Number.POSITIVE_INFINITY, from: index };
    let used = 0;
    for (let from = index; from >= 0; from--) {
      const first = pieces[from];
      // Pieces of unlike size share no line.
      if (first?.px !== last.px) break;
      used += first.width + (from < index ? first.spaceWidth : 0);
      if (from < index && (used > setting.width || first.isAlone || last.isAlone)) break;
      const cost =
        (best[from]?.cost ?? 0) +
        costOf(last, used / setting.width, index === pieces.length - 1) +
        (head > from ? danglingCost(pieces[head], last) : 0);
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
  return COST.line + ragged + COST.parted[last.bond] + (last.space ? 0 : COST.insidePhrase);
}

/** Of a line that ends with a piece whose chain begins behind something else on it. */
function danglingCost(head: Piece | undefined, last: Piece): number {
  if (last.bond < BOND.together) return 0;
  if (last.isPart) return COST.danglingPart;
  return OPENING.test(head?.text ?? '') ? COST.danglingBracket : COST.dangling;
}

/** For each piece where the chain begins that it belongs to. */
function headsOf(pieces: Piece[]): number[] {
  const heads: number[] = [];
  pieces.forEach((_, index) => {
    const holds = (pieces[index - 1]?.bond ?? BOND.none) > BOND.none;
    heads.push(holds ? (heads[index - 1] ?? index) : index);
  });
  return heads;
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
  if (last?.isPart || last?.bond === BOND.firmly) return 'inside';
  if (last?.bond === BOND.together) return 'together';
  return last?.space ? 'phrase' : 'word';
}

/** What is read in one has no more words; without a limit a page of one chain took the square of its length. */
const MOST_IN_CHAIN = 40;

/** Chains of words that belong together. */
function unitsOf(words: Word[]): Word[][] {
  const units: Word[][] = [];
  words.forEach((word, index) => {
    const isBound = (words[index - 1]?.bond ?? BOND.none) >= BOND.together;
    const chain = isBound ? units.at(-1) : undefined;
    if (chain === undefined || chain.length >= MOST_IN_CHAIN) units.push([word]);
    else chain.push(word);
  });
  return units;
}

function piecesOf(unit: Word[], setting: LineSetting): Piece[] {
  const text = textOf(unit);
  const together = largestThatFits(text, setting.togetherPx, setting);
  if (together === setting.px) return unit.map((word) => sized(word, setting.px, setting));
  const whole: Word = { text, space: unit.at(-1)?.space ?? '', bond: unit.at(-1)?.bond ?? BOND.none };
  if (together !== undefined) return [sized(whole, together, setting)];
  if (standsOrFalls(unit) && fits(text, TYPE_SIZES.low, setting))
    return [sized(whole, TYPE_SIZES.low, setting)];
  if (unit.length > 1) return divided(unit, setting);

  const least = largestThatFits(text, TYPE_SIZES.least, setting);
  if (least !== undefined) return [sized(whole, least, setting)];
  return cut(whole, setting);
}

/** What leads on to words in smaller letters shrinks with them, for pieces of unlike size share no line: `ที่|ศาลากลางบ้าน`. */
function withLeads(pieces: Piece[], setting: LineSetting): Piece[] {
  const joined: Piece[] = [];
  for (const piece of pieces) {
    const before = joined.at(-1);
    const text = (before?.text ?? '') + (before?.space ?? '') + piece.text;
    const leads = before?.bond === BOND.loosely && before.px > piece.px;
    const px = leads ? largestThatFits(text, setting.togetherPx, { ...setting, px: piece.px }) : undefined;
    if (px !== undefined)
      joined[joined.length - 1] = {
        ...piece,
        ...sized({ ...piece, text }, px, setting),
        isPart: piece.isPart,
      };
    else joined.push(piece);
  }
  return joined;
}

/** Whether its first word says nothing alone: `จ.ขอนแก่น`, `ผู้สูญหาย`. */
function standsOrFalls(unit: Word[]): boolean {
  const [first, ...more] = unit;
  if (first === undefined || more.length === 0 || unit.slice(0, -1).some(({ space }) => space === ' '))
    return false;
  return first.text.endsWith('.') || first.text in LEADS_ON;
}

/**
 * A chain too long for a line, in as few runs as it needs: parted where it holds least, and of such places where the last run is the
 * longest, for there its number and unit stand.
 */
function divided(unit: Word[], setting: LineSetting): Piece[] {
  // From the end on, for as long as it fits.
  const runs: number[] = [];
  for (let from = unit.length - 1; from > 0 && fitsFrom(unit, from, setting); from--) runs.unshift(from);
  const bondBefore = (index: number): Bond => unit[index - 1]?.bond ?? BOND.none;
  const least = Math.min(...runs.map(bondBefore));
  const start = runs.find((index) => bondBefore(index) === least) ?? unit.length - 1;
  return [...piecesOf(unit.slice(0, start), setting), ...piecesOf(unit.slice(start), setting)];
}

function fitsFrom(unit: Word[], index: number, setting: LineSetting): boolean {
  return fits(textOf(unit.slice(index)), setting.togetherPx, setting);
}

function sized(word: Word, px: number, { measure }: LineSetting): Piece {
  return {
    ...word,
    px,
    width: measure(word.text, px),
    spaceWidth: measure(word.space, px),
    isPart: false,
    isAlone: false,
  };
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
  const halves = NUMBER.test(word.text) ? inHalves(words, [least, low], setting) : undefined;
  if (halves !== undefined)
    return boundTogether(halves.parts, word, halves.px, setting).map((piece) => ({
      ...piece,
      isAlone: true,
    }));
  if (words.length > 1 && words.every((part) => fits(part, least, setting)))
    return boundTogether(words, word, least, setting);
  if (fits(word.text, low, setting)) return [sized(word, low, setting)];
  const parted = (parts: string[], into: (part: string) => string[]) =>
    parts.flatMap((part) => (fits(part, low, setting) ? [part] : into(part)));
  const parts = [lastPartsOf, clustersOf, (part: string) => [...part]].reduce(parted, words);
  return boundTogether(parts, word, least, setting);
}

/** A telephone number is put together again from two lines, hardly from three: its halves, as alike as they can be. */
function inHalves(
  parts: string[],
  sizes: number[],
  setting: LineSetting,
): { parts: string[]; px: number } | undefined {
  const halves = parts.slice(1).map((_, index) => [parts.slice(0, index + 1), parts.slice(index + 1)]);
  const texts = halves.map((half) => half.map((each) => each.join('')));
  for (const px of sizes) {
    const widest = (half: string[]) => Math.max(...half.map((text) => setting.measure(text, px)));
    const [best] = [...texts].sort((a, b) => widest(a) - widest(b));
    if (best !== undefined && widest(best) <= setting.width) return { parts: best, px };
  }
  return undefined;
}

/** Parts of a word, as pieces that want to stay together; one that is too wide is whole in the letters of low signs. */
function boundTogether(parts: string[], whole: Word, px: number, setting: LineSetting): Piece[] {
  const low = Math.min(px, TYPE_SIZES.low);
  return parts.map((text, index) => {
    const size = fits(text, px, setting) ? px : low;
    if (index === parts.length - 1) return sized({ ...whole, text }, size, setting);
    return { ...sized({ text, space: '', bond: BOND.together }, size, setting), isPart: true };
  });
}

function textOf(words: Word[]): string {
  return words
    .map((word) => word.text + word.space)
    .join('')
    .trimEnd();
}
