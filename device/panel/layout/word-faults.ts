import type { FontMetrics } from './font-metrics.ts';
import type { PageText } from './layout.ts';
import type { ScreenLayout } from './screen.ts';
import { cleanText, lostIn } from './text-cleaning.ts';
import { partsOf, wordsOf } from './words.ts';

/**
 * What of the words of a page cannot be read on its screens as it was written. `unshown`: letters that the signs have not, shown
 * as `?`. `ornaments`: pictures beside the words, left out. `cut`: words that no line of this sign holds, cut between letters.
 */
export interface WordFault {
  kind: 'unshown' | 'ornaments' | 'cut';
  /** The letters, or the words, each once. */
  what: string[];
}

export function wordFaults(page: PageText, screens: ScreenLayout[], font: FontMetrics): WordFault[] {
  const fontHas = (character: string) => font.advance(character, 1) !== undefined;
  const written = [page.title, page.text, page.hotline].filter((text) => text !== undefined);
  const { unshown, ornaments } = lostIn(written.join('\n'), fontHas);
  const faults: WordFault[] = [
    { kind: 'unshown', what: unshown },
    { kind: 'ornaments', what: ornaments },
    { kind: 'cut', what: cutWords(written.map((text) => cleanText(text, fontHas)).join('\n'), screens) },
  ];
  return faults.filter(({ what }) => what.length > 0);
}

/** A word that was parted into the words that it is made of is read all the same. */
function cutWords(text: string, screens: ScreenLayout[]): string[] {
  const lines = screens.flatMap(({ lines, running }) => [...lines, ...(running?.strip.lines ?? [])]);
  const isWhole = (word: string) => lines.some((line) => line.text.includes(word));
  const words = text.split('\n').flatMap((line) => wordsOf(line).map((word) => word.text));
  return [...new Set(words)].filter((word) => !isWhole(word) && !partsOf(word).every(isWhole));
}
