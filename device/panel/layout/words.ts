import { TOGETHER_PATTERNS, WHOLE_PATTERNS, WHOLE_WORDS } from './no-break-words.ts';

/** A piece of text that stays on one line. All words of a text, each with its space, joined, are the text. */
export interface Word {
  text: string;
  /** What parts it from the next word on the same line: a space, or nothing (Thai writes words without). */
  space: '' | ' ';
  /** It belongs to the next word, as a number to its unit: part them only where they do not fit one line. */
  glued: boolean;
}

const words = new Intl.Segmenter('th', { granularity: 'word' });
const clusters = new Intl.Segmenter('th', { granularity: 'grapheme' });

/** Cannot begin a line: marks and vowels that lean on the letter before, repetition, abbreviation, closing signs. */
const LEANS_BACK = /^[\p{M}ะาำๅๆฯ)\]}»”’.,;:!?%…/-]/u;
/** Cannot end a line: vowels written before their consonant, opening signs, signs of money, the plus of a number abroad. */
const LEANS_FORWARD = /[เแโใไ([{«“‘฿$€£¥#+]$/u;
/** `ฯลฯ`, etc.: a word of its own, though it is written with the sign of abbreviation. */
const AND_SO_ON = /^ฯลฯ/u;
/** A consonant under THANTHAKHAT is not spoken: it closes the syllable before it. */
const SILENCED = /์$/u;
const DIGIT = /[\d๐-๙]$/u;
/** The pieces of an address, each with the sign behind it, where it is parted with least harm: `www.`, `moi.`, `go.`, `th/`. */
const ADDRESS = /^(?=.*\p{Script=Latin}.*[./@_])[\p{Script=Latin}\d.,:;/@_?=&%+#'~-]+$/u;
const JOINTED = /[^./?&=@_-]*[./?&=@_-]+|[^./?&=@_-]+/gu;
const QUOTE = /["']/;

/** The words of one paragraph (no line breaks inside, spaces single: see text-cleaning). */
export function wordsOf(paragraph: string): Word[] {
  const whole = WHOLE_WORDS.flatMap((word) => spansOf(paragraph, word)).concat(
    WHOLE_PATTERNS.flatMap((pattern) => matches(paragraph, pattern)),
  );
  const together = TOGETHER_PATTERNS.flatMap((pattern) => matches(paragraph, pattern));
  const starts = [...words.segment(paragraph)]
    .map(({ index }) => index)
    .filter((at) => at > 0 && mayBreak(paragraph, at) && !whole.some(holds(at)));

  return [0, ...starts].map((from, index) => {
    const to = starts[index] ?? paragraph.length;
    const text = paragraph.slice(from, to);
    const bare = text.trimEnd();
    return { text: bare, space: bare === text ? '' : ' ', glued: together.some(holds(to)) };
  });
}

/** The shorter words that a word too wide for a line is made of, or the pieces of an address: itself, if there are none. */
export function partsOf(word: string): string[] {
  if (ADDRESS.test(word)) return [...word.matchAll(JOINTED)].map(([piece]) => piece);
  const starts = [...words.segment(word)]
    .map(({ index }) => index)
    .filter((at) => at > 0 && mayBreak(word, at));
  return [0, ...starts].map((from, index) => word.slice(from, starts[index]));
}

/** The smallest pieces of a text that can be read by themselves: letters with all that leans on them, whole numbers. */
export function clustersOf(text: string): string[] {
  const pieces: string[] = [];
  for (const { segment } of clusters.segment(text)) {
    const last = pieces.at(-1);
    if (last !== undefined && clings(last, segment)) pieces[pieces.length - 1] = last + segment;
    else pieces.push(segment);
  }
  return pieces;
}

function clings(before: string, segment: string): boolean {
  if (LEANS_BACK.test(segment) || SILENCED.test(segment) || LEANS_FORWARD.test(before)) return true;
  return DIGIT.test(segment) && DIGIT.test(before);
}

function mayBreak(text: string, at: number): boolean {
  const before = text.slice(0, at);
  const after = text.slice(at);
  if (after.startsWith(' ')) return false;
  if (LEANS_FORWARD.test(before.trimEnd())) return false;
  if (LEANS_BACK.test(after) && !AND_SO_ON.test(after)) return false;
  return before.endsWith(' ') || !(QUOTE.test(before.slice(-1)) || QUOTE.test(after.charAt(0)));
}

interface Span {
  from: number;
  to: number;
}

const holds =
  (at: number) =>
  ({ from, to }: Span) =>
    from < at && at < to;

function spansOf(text: string, word: string): Span[] {
  const spans: Span[] = [];
  for (let from = text.indexOf(word); from !== -1; from = text.indexOf(word, from + word.length)) {
    spans.push({ from, to: from + word.length });
  }
  return spans;
}

function matches(text: string, pattern: RegExp): Span[] {
  return [...text.matchAll(pattern)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
  }));
}
