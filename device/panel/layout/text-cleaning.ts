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
];

/** Signs that the font lacks and people use all the same. */
const SPELT_OUT: Record<string, string> = {
  '\u2011': '-',
  '\u2012': '-',
  '\u2015': '—',
  '≤': '<=',
  '≥': '>=',
  '℃': '°C',
  '㎡': 'm²',
  '\u00ad': '',
  '\u200b': '',
  '\ufeff': '',
};

/** Pictures beside the words (emoji, dingbats, joiners, variation selectors) say nothing that the words do not. */
const ORNAMENT =
  /[\p{Extended_Pictographic}\p{Regional_Indicator}\p{Variation_Selector}\u200c-\u200f\u2060]/u;

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
  if (character === '\n' || fontHas(character)) return SPELT_OUT[character] ?? character;
  if (/\s/u.test(character)) return ' ';
  return SPELT_OUT[character] ?? (ORNAMENT.test(character) ? '' : '?');
}
