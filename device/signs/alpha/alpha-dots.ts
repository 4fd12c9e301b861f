import type { Bitmap, Depth } from '../../sign-ports.ts';
import { litColours } from '../sign-page.ts';
import type { AlphaColours } from './alpha-commands.ts';

/**
 * The digit of a dot for each of the eight mixtures of red, green and blue, dark first: 0 dark, 1 red, 2 green, 3 amber,
 * 8 yellow. These signs have no blue lamp; what is blue alone is shown green rather than lost, white is shown amber.
 * Source: 9708-8061F, 6.4.1, table of dot colours.
 */
const DIGITS: Record<AlphaColours, string> = {
  mono: '01111111',
  'three-colour': '02221133',
  'eight-colour': '02221183',
};

export const ALPHA_DEPTHS: Record<AlphaColours, Depth> = {
  mono: 'mono',
  'three-colour': 'rgb111',
  'eight-colour': 'rgb111',
};

/** The rows of a picture, one digit a dot. */
export function alphaRows(page: Bitmap, colours: AlphaColours): string[] {
  const digits = DIGITS[colours];
  return Array.from({ length: page.height }, (_row, y) =>
    Array.from(
      { length: page.width },
      (_column, x) => digits[litColours(page, y * page.width + x)] ?? '0',
    ).join(''),
  );
}
