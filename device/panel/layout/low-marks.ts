import type { Mask } from './canvas.ts';
import { TYPE_SIZES } from './type-sizes.ts';

/** Rows of the lowest signs. */
export const LOW_ROWS = 16;

/**
 * Thai in 16 rows: no font keeps its marks there (measured: 21 rows is the least, docs/decisions.md), so the letters are the font's
 * and the marks are ours, drawn lamp by lamp. Rows from the top: 3 tone mark, 3 vowel, 1 free, 7 consonant, 2 below.
 */
const LOW_LINE = { above: 14, below: 2 } as const;
/** Where no mark stands over another. A Latin tail needs a row more, without which g is q. */
const OF_ONE_STOREY = { above: 12, below: 2, belowTails: 3 } as const;
/** Digits and their signs: a telephone number of two lines stands on 32 rows. */
const OF_DIGITS = { above: 9, below: 2 } as const;
const TAILS = /[gjpqy]/u;
const DIGITS = /^[\d.,-]+$/u;
const TWO_STOREYS = /[ัิ-ื็ํ][่-๎]|[่-๋]ำ/u;
/** Rows of a mark that leans on the letter itself, counted up from the baseline to its top. */
const FIRST_STOREY = 11;
const SECOND_STOREY = 14;

const UPPER: Record<string, string[]> = {
  'ิ': ['.XX.', 'X..X', 'XXXX'],
  'ี': ['....X', '.XX.X', 'XXXXX'],
  'ึ': ['...XX', '.X.XX', 'XXXX.'],
  'ื': ['...X.X', '.X.X.X', 'XXXXXX'],
  'ั': ['....X', 'XX.X.', 'XXX..'],
  '็': ['.XXX', 'X.X.', 'X.XX'],
  'ํ': ['XXX', 'X.X', 'XXX'],
};
const TONE: Record<string, string[]> = {
  '่': ['X', 'X', 'X'],
  '้': ['XX..X', '.X.X.', '.XX..'],
  '๊': ['XX.XX', 'X.X.X', 'X.X..'],
  '๋': ['.X.', 'XXX', '.X.'],
  '์': ['..XX', 'XX..', 'XX..'],
  '๎': ['.XX', '.X.', 'XX.'],
};
const LOWER: Record<string, string[]> = {
  'ุ': ['XX', '.X'],
  'ู': ['X.X', 'XXX'],
  'ฺ': ['..', 'XX'],
};
/** Their stem stands where a mark would: it moves this many lamps to the left. */
const TALL = /[ปฝฟฬ]/u;
const BESIDE_STEM = 2;
/** Lose their tail to a vowel below. */
const SHEDS_TAIL = /[ญฐ]/u;
/** Have their tail where a vowel below would stand: it stands behind the tail, this many lamps to the right. */
const KEEPS_TAIL = /[ฎฏ]/u;
const BEHIND_TAIL = 3;
const LETTERS_WITH_MARKS = /([^\p{M}ำ])([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*)(ำ?)/gu;

/** Rows of a line of this text above its baseline and below it. */
export function lowLineOf(text: string): { above: number; below: number } {
  if (TWO_STOREYS.test(text)) return LOW_LINE;
  if (DIGITS.test(text)) return OF_DIGITS;
  const { above, below, belowTails } = OF_ONE_STOREY;
  return { above, below: TAILS.test(text) ? belowTails : below };
}

/** The row below the letters of every line of a sign that has no more than sixteen: it does not jump from screen to screen. */
export function lowBaselineOf(text: string): number {
  return LOW_ROWS - Math.max(LOW_LINE.below, lowLineOf(text).below);
}

/** The text without what low lines draw themselves. */
export function lettersOf(text: string): string {
  return text.replace(
    LETTERS_WITH_MARKS,
    (_, letter: string, _marks: string, am: string) => letter + (am && 'า'),
  );
}

/** Sets the marks of a text on its drawn letters. `width` gives columns from the pen's start to behind a text. */
export function withLowMarks(text: string, letters: Mask, width: (text: string) => number): Mask {
  const mask = lowLine(text, letters);
  let before = '';
  for (const [, letter = '', marks = '', am = ''] of text.matchAll(LETTERS_WITH_MARKS)) {
    const left = mask.origin + width(before);
    before += letter;
    const right = mask.origin + width(before);
    if (am) before += 'า';
    setMarks(mask, letter, am ? `ํ${marks}` : marks, {
      left,
      right: right - (TALL.test(letter) ? BESIDE_STEM : 0),
    });
  }
  return mask;
}

function setMarks(
  mask: Mask,
  letter: string,
  marks: string,
  { left, right }: { left: number; right: number },
): void {
  let storey: number = FIRST_STOREY;
  for (const mark of [...marks].filter((each) => each in UPPER)) {
    stencil(mask, UPPER[mark] ?? [], right, mask.baseline - storey);
    storey = SECOND_STOREY;
  }
  for (const mark of [...marks]) {
    stencil(mask, TONE[mark] ?? [], right, mask.baseline - storey);
    if (mark in LOWER && SHEDS_TAIL.test(letter)) darken(mask, left, right, mask.baseline);
    stencil(mask, LOWER[mark] ?? [], right + (KEEPS_TAIL.test(letter) ? BEHIND_TAIL : 0), mask.baseline);
  }
}

/** The letters on the rows of a low line. */
function lowLine(text: string, letters: Mask): Mask {
  const { above, below } = lowLineOf(text);
  const height = above + below;
  const mask = {
    ...letters,
    height,
    coverage: new Uint8Array(letters.width * height),
    baseline: above,
  };
  const down = mask.baseline - letters.baseline;
  for (let row = Math.max(0, down); row < Math.min(height, letters.height + down); row++) {
    const from = (row - down) * letters.width;
    mask.coverage.set(letters.coverage.subarray(from, from + letters.width), row * letters.width);
  }
  return mask;
}

function stencil(mask: Mask, rows: string[], right: number, top: number): void {
  rows.forEach((row, down) => {
    [...row].forEach((lamp, across) => {
      const x = right - row.length + across;
      if (lamp === 'X' && x >= 0 && x < mask.width) mask.coverage[(top + down) * mask.width + x] = 255;
    });
  });
}

function darken(mask: Mask, left: number, right: number, top: number): void {
  for (let row = top; row < mask.height; row++)
    mask.coverage.fill(0, row * mask.width + left, row * mask.width + right);
}

/** Whether lines of this size are set in sixteen rows. */
export function isLow(px: number): boolean {
  return px === TYPE_SIZES.low;
}
