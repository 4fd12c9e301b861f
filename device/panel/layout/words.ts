import { BOND, BOUND_PATTERNS, type Bond, LEADS_ON, LEANS_ON, WHOLE_PATTERNS } from './no-break-words.ts';
import { WHOLE_WORDS } from './whole-words.ts';

/** A piece of text that stays on one line. All words of a text, each with its space, joined, are the text. */
export interface Word {
  text: string;
  /** What parts it from the next word on the same line: a space, or nothing (Thai writes words without). */
  space: '' | ' ';
  /** How firmly it holds to the next word: part them only where they do not fit one line. */
  bond: Bond;
}

const words = new Intl.Segmenter('th', { granularity: 'word' });
const clusters = new Intl.Segmenter('th', { granularity: 'grapheme' });

/** Cannot begin a line: marks and vowels that lean on the letter before, repetition, abbreviation, closing signs. */
const LEANS_BACK = /^[\p{M}ะาำๅๆฯ)\]}»”’.,;:!?%…/–—-]/u;
/** Cannot end a line: vowels written before their consonant, opening signs, signs of money, the plus of a number abroad. */
const LEANS_FORWARD = /[เแโใไ([{«“‘฿$€£¥#+@]$/u;
/** `ฯลฯ`, etc.: a word of its own, though it is written with the sign of abbreviation. */
const AND_SO_ON = /^ฯลฯ/u;
/** A consonant under THANTHAKHAT is not spoken: it closes the syllable before it. */
const SILENCED = /์$/u;
const DIGIT = /[\d๐-๙]$/u;
/** The pieces of an address, each with the sign behind it, where it is parted with least harm: `www.`, `moi.`, `go.`, `th/`. */
const ADDRESS = /^(?=.*\p{Script=Latin}.*[./@_])[\p{Script=Latin}\d.,:;/@_?=&%+#'~-]+$/u;
const JOINTED = /^@?[^./?&=@_-]+[./?&=@_-]*|[^./?&=@_-]*[./?&=@_-]+|[^./?&=@_-]+/gu;
const QUOTE = /["']/;
/** A full stop inside a word: to ICU `ต.หนองไผ่` is one. */
const INNER_STOP = /(?<=[ก-๎])\.(?=[ก-๎])/gu;
/** Places begin with what they are, a pond or a hill, and ICU knows few of the names: `หนอง|หญ้าปล้อง`, `Village|2026` likewise. */
const JOINTS =
  /(?<=^(?:หนอง|บ้าน|โนน|โคก|ดง|ทุ่ง|ท่า|บาง|คลอง|ห้วย|วัง|บึง|เมือง|เขา|ดอน|ดอย|โพธิ์|ราษฎร์))(?=[ก-ฮเแโใไ])|(?<=\p{Script=Latin})(?=\d)/u;

/** The words of one paragraph (no line breaks inside, spaces single: see text-cleaning). */
export function wordsOf(paragraph: string): Word[] {
  const listed = WHOLE_WORDS.flatMap(({ text }) => spansOf(paragraph, text));
  const whole = [...listed, ...WHOLE_PATTERNS.flatMap((pattern) => matches(paragraph, pattern))];
  const bound = BOUND_PATTERNS.flatMap(({ pattern, bond }) =>
    matches(paragraph, pattern).map((span) => ({ ...span, bond })),
  );
  const starts = boundariesIn(paragraph, listed).filter((at) => !whole.some(holds(at)));
  const pieces = [0, ...starts].map((from, index) => paragraph.slice(from, starts[index]));
  return pieces.map((piece, index) => {
    const text = piece.trimEnd();
    const space = text === piece ? '' : ' ';
    const at = starts[index] ?? paragraph.length;
    const bonds = bound.filter(holds(at)).map(({ bond }) => bond);
    const next = pieces[index + 1]?.trimEnd() ?? '';
    const bond = maxOf([...bonds, LEADS_ON[text] ?? BOND.none, LEANS_ON[next] ?? BOND.none]);
    return { text, space, bond };
  });
}

function maxOf(bonds: Bond[]): Bond {
  return bonds.reduce((most, bond) => (bond > most ? bond : most), BOND.none);
}

/** Where words begin, the first one not counted. Where ICU parts a listed word it has taken its edges for others, too: `ขอบ|ริ|จา|ค`. */
function boundariesIn(text: string, listed: Span[]): number[] {
  const parted = [...words.segment(text.replace(INNER_STOP, ' '))].map(({ index }) => index);
  const edges = listed.filter(({ from, to }) => parted.some(between(from, to)));
  const all = new Set([...parted, ...edges.flatMap(({ from, to }) => [from, to])]);
  return [...all].filter((at) => at > 0 && mayBreak(text, at)).sort((a, b) => a - b);
}

/** The shorter words that a word too wide for a line is made of, or the pieces of an address: itself, if there are none. */
export function partsOf(word: string): string[] {
  if (ADDRESS.test(word)) return [...word.matchAll(JOINTED)].map(([piece]) => piece);
  const listed = WHOLE_WORDS.flatMap((each) =>
    spansOf(word, each.text).map((span) => ({ ...span, ...each })),
  );
  const seams = listed.flatMap((each) => each.seams.map((seam) => each.from + seam));
  return partedAt(
    word,
    boundariesIn(word, listed).filter((at) => !listed.some(holds(at))),
    seams,
  );
}

/** Where a word is parted that is too wide even for the letters of low signs: in what a name is made of, or as ICU knows it. */
export function lastPartsOf(word: string): string[] {
  const seams = WHOLE_WORDS.flatMap(({ text, seams, lastSeams }) =>
    spansOf(word, text).flatMap(({ from }) => [...seams, ...lastSeams].map((seam) => from + seam)),
  );
  if (seams.length > 0) return partedAt(word, seams);
  return partedAt(word, boundariesIn(word, [])).flatMap((part) => part.split(JOINTS));
}

function partedAt(word: string, ...places: number[][]): string[] {
  const starts = [...new Set(places.flat())].sort((a, b) => a - b);
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
  if (at >= text.length) return false;
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

const between = (from: number, to: number) => (at: number) => holds(at)({ from, to });

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
