/**
 * Ways in which Thai is typed that look right on a phone and wrong under a shaping engine, and the right spelling. What no word
 * has, two unlike marks on one storey, keeps the first: Thai keyboards refuse the second (WTT 2.0, TIS 1566).
 */
const MISTYPED: [RegExp, string][] = [
  // A mark before its letter, or on none.
  [/(?<![ก-ฮะ-ฺๅ็-๎◌])([ัิ-ฺ็-๎]+)([ก-ฮ]?)/g, '$2$1'],
  [/(?<![ก-ฮะ-ฺๅ็-๎◌])[ัิ-ฺ็-๎]+/g, ''],
  // Two SARA E for one SARA AE.
  [/เเ/g, 'แ'],
  // NIKHAHIT and SARA AA typed apart, the tone mark before or between them.
  [/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1ำ'],
  [/([\u0e48-\u0e4b])\u0e4d\u0e32/g, '$1ำ'],
  // NIKHAHIT typed after SARA AA.
  [/\u0e32([\u0e48-\u0e4b]?)\u0e4d/g, '$1ำ'],
  // The tone mark typed after SARA AM.
  [/\u0e33([\u0e48-\u0e4b])/g, '$1ำ'],
  // A tone mark before its vowel sign: the shaping engine would draw a dotted circle.
  [/([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a])/g, '$2$1'],
  // The tone mark typed after SARA AA: it would stand over nothing.
  [/\u0e32([\u0e48-\u0e4b])/g, '$1\u0e32'],
  // A key that was held: each of the same marks would stand a storey higher, in the line above.
  [/([\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])\1+/g, '$1'],
  // Two tone marks, two vowels above, two below: likewise.
  [/([\u0e48-\u0e4c])[\u0e48-\u0e4c]+/g, '$1'],
  [/([\u0e31\u0e34-\u0e37])[\u0e31\u0e34-\u0e37]+/g, '$1'],
  [/([\u0e38\u0e39])[\u0e38\u0e39]+/g, '$1'],
];
/** One mistake may hide another. */
const ROUNDS = 3;

/** Signs that the font lacks and people use all the same. */
const SPELT_OUT: Record<string, string> = {
  '\u2011': '-',
  '\u2012': '-',
  '\u2015': '—',
  '\u2212': '-',
  '≤': '<=',
  '≥': '>=',
  '±': '+/-',
  '≈': '~',
  '→': '->',
  '←': '<-',
  µ: 'u',
  μ: 'u',
};

/** Digits in black circles, 1 to 10, three kinds of them: Unicode does not say which digit they hold. */
const CIRCLED = { first: 0x2776, last: 0x2793, kinds: 10 } as const;

/** The same in plainer letters, where Unicode knows one: `m2` of a square metre, 1 of one in a circle, No of a number sign. */
function plainly(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code >= CIRCLED.first && code <= CIRCLED.last)
    return String(((code - CIRCLED.first) % CIRCLED.kinds) + 1);
  const plain = character.normalize('NFKC').replace('\u2044', '/');
  // One and a half is not eleven halves.
  return plain.includes('/') ? ` ${plain}` : plain;
}

/**
 * Pictures beside the words (emoji, their colours of skin, bullets, arrows, lines of boxes) say nothing that the words do not; they
 * part words as a space does.
 */
const ORNAMENT = /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}\p{So}]/u;
/** Stands for an ornament until it is known what is beside it: no text that was cleaned has one. */
const GAP = '\v';
/** What no reader sees (joiners, selectors, marks of direction), and the frame of a key around its digit. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}|\u20e3/gu;

/**
 * A text as the sign can show it: NFC, common mistypings mended, spaces single, every character one that the font
 * has. A letter that cannot be shown becomes `?`: seen to be missing, not silently gone. Line breaks stay, blank lines go.
 */
export function cleanText(text: string, fontHas: (character: string) => boolean): string {
  return (
    [...mended(text)]
      .map((character) => shownAs(character, fontHas))
      .join('')
      // `ด่วน🚨!`: no gap before what closes a phrase.
      .replace(/\v+(?=[,.;:!?)\]…])/gu, '')
      .replace(/[^\S\n]+/gu, ' ')
      .replace(/ ?(?:\n ?)+/g, '\n')
      .trim()
  );
}

/** The characters of a text, each once, that a sign shows as `?`, and those that it leaves out: pictures beside the words. */
export function lostIn(
  text: string,
  fontHas: (character: string) => boolean,
): { unshown: string[]; ornaments: string[] } {
  const lost = [...new Set(mended(text))].filter((character) => !fontHas(character));
  return {
    unshown: lost.filter((character) => shownAs(character, fontHas) === '?'),
    ornaments: lost.filter(
      (character) => /\p{Extended_Pictographic}/u.test(character) && shownAs(character, fontHas) === GAP,
    ),
  };
}

function mended(text: string): string {
  let so = text.normalize('NFC').replace(UNSEEN, '');
  for (let round = 0; round < ROUNDS; round++)
    so = MISTYPED.reduce((before, [wrong, right]) => before.replace(wrong, right), so);
  return so;
}

function shownAs(character: string, fontHas: (character: string) => boolean): string {
  if (character === '\n' || fontHas(character)) return SPELT_OUT[character] ?? character;
  if (/\s/u.test(character)) return ' ';
  const instead = SPELT_OUT[character] ?? plainly(character);
  if ([...instead].every((each) => each === ' ' || fontHas(each))) return instead;
  return ORNAMENT.test(character) ? GAP : '?';
}
