import type { PageText } from './layout.ts';
import type { MeasureWidth } from './line-breaking.ts';
import { TYPE_SIZES } from './type-sizes.ts';
import { wordsOf } from './words.ts';

/** Dark columns at both edges, as the layout leaves them. */
const EDGES_PX = 2;

/** Columns below which a word of the page would be broken even in compact letters, or its hotline parted in the least. */
export function leastWidthOf({ text, title, hotline }: PageText, measure: MeasureWidth): number {
  const words = [text, title ?? ''].flatMap((each) => each.split('\n')).flatMap(wordsOf);
  const widths = words.map((word) => measure(word.text, TYPE_SIZES.compact));
  return Math.max(0, ...widths, measure(hotline ?? '', TYPE_SIZES.least)) + EDGES_PX;
}
