import { LAMPS } from './lamps.ts';
import { codecOf } from './layout.ts';

/** `fallback`: the page of the board's own, because nobody spoke to it. */
export const SHOWING = { page: 0, fallback: 1, pattern: 2 } as const;

export const statusAsk = codecOf([]);

/**
 * What the board really holds, computed when asked: CRC of the page that is shown and of the one being drawn, pages shown
 * since it started, seconds since then, frames it threw away.
 */
export const status = codecOf([
  { name: 'shown', as: 'u32' },
  { name: 'drawn', as: 'u32' },
  { name: 'pages', as: 'u32' },
  { name: 'uptimeSeconds', as: 'u32' },
  { name: 'discarded', as: 'u32' },
  { name: 'showing', as: 'choice', of: SHOWING, later: { since: '1.1', absent: 'page' } },
  { name: 'lamps', as: 'choice', of: LAMPS, later: { since: '1.1', absent: 'lit' } },
  { name: 'brightness', as: 'u8', later: { since: '1.1', absent: 255 } },
  { name: 'marquee', as: 'u32', later: { since: '1.1', absent: 0 } },
  { name: 'offset', as: 'u32', later: { since: '1.1', absent: 0 } },
  { name: 'fallback', as: 'u32', later: { since: '1.1', absent: 0 } },
  { name: 'afterSeconds', as: 'u16', later: { since: '1.1', absent: 0 } },
]);

export const measureAsk = codecOf([]);

/** Which of the figures the board really measures; the others are 0 and mean nothing. */
export const MEASURED = { temperature: 0, light: 1, supply: 2 } as const;

/** `temperature` tenths of a degree C; `light` lux; `supply` mV. */
export const measure = codecOf([
  { name: 'known', as: 'set', of: MEASURED },
  { name: 'temperature', as: 'i16' },
  { name: 'light', as: 'u16' },
  { name: 'supply', as: 'u16' },
]);

export const moduleFaultsAsk = codecOf([]);

/** Modules of the largest sign: 256 x 128 in modules of 16 x 8, four times. */
const MAX_MODULES = 1_024;

/** One bit a module, row by row from the top left, lowest bit first; 1 = does not work. */
export const moduleFaults = codecOf(
  [
    { name: 'columns', as: 'u8' },
    { name: 'rows', as: 'u8' },
    { name: 'faults', as: 'rest' },
  ],
  MAX_MODULES / 8,
);
