import { DEPTHS } from './lamps.ts';
import { codecOf } from './layout.ts';
import { RATES } from './line.ts';
import { ENCODINGS } from './pixels.ts';

/** What a board has beside the system group. Bits of the announced set. */
export const FITTED = {
  display: 0,
  amplifier: 1,
  'amplifier-sense': 2,
  clock: 3,
  brightness: 4,
  sensors: 5,
  'module-sense': 6,
  marquee: 7,
  fallback: 8,
  update: 9,
  'amplifier-gain': 10,
  'amplifier-measure': 11,
  probe: 12,
  patterns: 13,
} as const;
export type Fitted = keyof typeof FITTED;

/** Why a board did not do what a frame asked. Codes are never reused; one unknown is still a refusal. */
export const ERROR_CODES = {
  'unknown-type': 1,
  'bad-body': 2,
  'no-session': 3,
  'other-version': 4,
  'out-of-bounds': 5,
  'bad-pixels': 6,
  'page-differs': 7,
  'not-fitted': 8,
  busy: 9,
  'hardware-fault': 10,
  'bad-signature': 11,
  'too-old': 12,
  'too-large': 13,
  'out-of-order': 14,
  'bad-digest': 15,
  'not-whole': 16,
} as const;
export type ErrorName = keyof typeof ERROR_CODES;

export function errorName(code: number): string {
  return Object.entries(ERROR_CODES).find(([, number]) => number === code)?.[0] ?? `error ${code}`;
}

/** Begins a session: both sides count sequences from 0 again. Its layout never changes, in any major. */
export const hello = codecOf([
  { name: 'minor', as: 'u8' },
  { name: 'session', as: 'u32' },
]);

/** What the board is and can. Its first two fields never change, in any major. */
export const welcome = codecOf([
  { name: 'minor', as: 'u8' },
  { name: 'session', as: 'u32' },
  { name: 'board', as: 'id' },
  { name: 'fitted', as: 'set', of: FITTED },
  { name: 'encodings', as: 'set', of: ENCODINGS },
  { name: 'width', as: 'u16' },
  { name: 'height', as: 'u16' },
  { name: 'maxBody', as: 'u16' },
  { name: 'window', as: 'u8' },
  { name: 'holds', as: 'u8' },
  { name: 'firmware', as: 'text' },
  { name: 'depth', as: 'choice', of: DEPTHS, later: { since: '1.1', absent: 'rgb565' } },
  { name: 'rates', as: 'set', of: RATES, later: { since: '1.1', absent: [] } },
  { name: 'slots', as: 'u8', later: { since: '1.1', absent: 0 } },
  { name: 'stripPixels', as: 'u32', later: { since: '1.1', absent: 0 } },
]);

export const ping = codecOf([{ name: 'token', as: 'u32' }]);

/** `session` 0 = the board has none: it restarted. */
export const pong = codecOf([
  { name: 'token', as: 'u32' },
  { name: 'session', as: 'u32' },
]);

/** All it says is in the header: `sequence` heard, `ack`, `held`. */
export const ack = codecOf([]);

export const error = codecOf([
  { name: 'code', as: 'u8' },
  { name: 'about', as: 'u8' },
  { name: 'detail', as: 'u32' },
]);

export const RESETS = { display: 1, board: 2 } as const;

export const reset = codecOf([{ name: 'what', as: 'choice', of: RESETS }]);
