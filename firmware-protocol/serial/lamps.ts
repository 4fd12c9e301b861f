import { codecOf } from './layout.ts';

/** What the lamps can show; the page keeps RGB565 whatever this says. */
export const DEPTHS = { rgb565: 0, rgb111: 1, mono: 2 } as const;

export const LAMPS = { lit: 0, dark: 1 } as const;

/** Test pictures, computed by the board (SPEC 8). Numbers are never reused. */
export const PATTERNS = {
  none: 0,
  red: 1,
  green: 2,
  blue: 3,
  white: 4,
  dark: 5,
  checker: 6,
  'checker-inverse': 7,
  column: 8,
  row: 9,
  ramp: 10,
} as const;
export type Pattern = keyof typeof PATTERNS;

/** 0 = as dark as the sign goes while it can be read at night, 255 = full. */
export const brightness = codecOf([{ name: 'level', as: 'u8' }]);

/** Dark lamps over a page that is kept. */
export const blank = codecOf([{ name: 'lamps', as: 'choice', of: LAMPS }]);

/** `at`: the lit column or row of those patterns; without meaning for the others. */
export const testPattern = codecOf([
  { name: 'pattern', as: 'choice', of: PATTERNS },
  { name: 'at', as: 'u16' },
]);

/** Keeps the drawn page, if it has this CRC, as what is shown to the street when nobody speaks to the board. */
export const fallbackStore = codecOf([{ name: 'crc', as: 'u32' }]);

/** Seconds of silence after which the fallback page is shown; 0 = never. */
export const fallbackRule = codecOf([{ name: 'afterSeconds', as: 'u16' }]);
