/** Ways in which Thai is typed that look right on a phone and wrong under a shaping engine, and the right spelling. */
const MISTYPED: [RegExp, string][] = [
  // Two SARA E for one SARA AE.
  [/เเ/g, 'แ'],
  // NIKHAHIT and SARA AA typed apart, the tone mark before or between them.
  [/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1ำ'],
  [/([\u0e48-\u0e4b])\u0e4d\u0e32/g, '$1ำ'],
  // The tone mark typed after SARA AM.
  [/\u0e33([\u0e48-\u0e4b])/g, '$1ำ'],
  // A tone mark before its vowel sign: the shaping engine would draw a dotted circle.
  [/([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a])/g, '$2$1'],
  // The tone mark typed after SARA AA: it would stand over nothing.
  [/\u0e32([\u0e48-\u0e4b])/g, '$1\u0e32'],
  // A key that was held: each of the same marks would stand a storey higher, in the line above.
  [/([\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])\1+/g, '$1'],
];

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

/** The same in plainer letters, where Unicode knows one: `m2` of a square metre, 1 of one in a circle, No of a number sign. */
function plainly(character: string): string {
  const plain = character.normalize('NFKC').replace('\u2044', '/');
  // One and a half is not eleven halves.
  return plain.includes('/') ? ` ${plain}` : plain;
}

/**
 * Pictures beside the words (emoji, their colours of skin, frames of keys, dingbats) say nothing that the words do not, nor does
 * what no reader sees (joiners, selectors, marks of direction).
 */
const ORNAMENT =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Emoji_Modifier}✓★☆\p{Default_Ignorable_Code_Point}]|\u20e3/u;

/**
 * A text as the sign can show it: NFC, common mistypings mended, spaces single, every character one that the font
 * has. A letter that cannot be shown becomes `?`: seen to be missing, not silently gone. Line breaks stay, blank lines go.
 */
export function cleanText(text: string, fontHas: (character: string) => boolean): string {
  return [...mended(text)]
    .map((character) => shownAs(character, fontHas))
    .join('')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?(?:\n ?)+/g, '\n')
    .trim();
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
      (character) => /\p{Extended_Pictographic}/u.test(character) && shownAs(character, fontHas) === '',
    ),
  };
}

function mended(text: string): string {
  return MISTYPED.reduce((so, [wrong, right]) => so.replace(wrong, right), text.normalize('NFC'));
}

function shownAs(character: string, fontHas: (character: string) => boolean): string {
  const isInvisible = /\p{Default_Ignorable_Code_Point}/u.test(character);
  if (character === '\n' || (fontHas(character) && !isInvisible)) return SPELT_OUT[character] ?? character;
  if (/\s/u.test(character)) return ' ';
  if (ORNAMENT.test(character)) return '';
  const instead = SPELT_OUT[character] ?? plainly(character);
  return [...instead].every((each) => each === ' ' || fontHas(each)) ? instead : '?';
}
