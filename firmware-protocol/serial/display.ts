import { MAX_BODY_BYTES } from './header.ts';
import { codecOf } from './layout.ts';
import { ENCODINGS } from './pixels.ts';

/** Bytes of a draw region before its pixels. */
export const DRAW_HEAD_BYTES = 9;

/** Puts pixels into the page that is not shown, or into the strip of a marquee. */
export const drawRegion = codecOf(
  [
    { name: 'x', as: 'u16' },
    { name: 'y', as: 'u16' },
    { name: 'width', as: 'u16' },
    { name: 'height', as: 'u16' },
    { name: 'encoding', as: 'choice', of: ENCODINGS },
    { name: 'pixels', as: 'rest' },
  ],
  MAX_BODY_BYTES - DRAW_HEAD_BYTES,
);

/** Shows the drawn page, if it is the page of this CRC and no other. */
export const commit = codecOf([{ name: 'crc', as: 'u32' }]);

/** Keeps the drawn page in a slot, if it has this CRC. Slots are counted from 0 and last until power is lost. */
export const pageStore = codecOf([
  { name: 'slot', as: 'u8' },
  { name: 'crc', as: 'u32' },
]);

/** Makes the drawn page the one of the slot, if that has this CRC. */
export const pageRecall = codecOf([
  { name: 'slot', as: 'u8' },
  { name: 'crc', as: 'u32' },
]);
