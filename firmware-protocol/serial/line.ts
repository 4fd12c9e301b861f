import { MAX_BODY_BYTES } from './header.ts';
import { codecOf } from './layout.ts';

/** Every line begins at this rate, baud. */
export const FIRST_RATE = 115_200;
/** Rates beyond the first that a board may offer, baud. Bits of the announced set. */
export const RATES = {
  '230400': 0,
  '460800': 1,
  '921600': 2,
  '1000000': 3,
  '1500000': 4,
  '2000000': 5,
  '3000000': 6,
  '4000000': 7,
} as const;
export type Rate = keyof typeof RATES;
/** A board that hears no whole frame for so long goes back to the first rate: shorter than the host's hellos last. */
export const RATE_SILENCE_MS = 1_500;

/** The board answers at the old rate, then both go over to the new one (SPEC 5). */
export const lineRateOffer = codecOf([{ name: 'rate', as: 'u32' }]);

export const lineRateState = codecOf([{ name: 'rate', as: 'u32' }]);

const PROBE_HEAD_BYTES = 6;

/** Measures the line: any filler there, and `back` bytes of filler in the answer. */
export const probe = codecOf(
  [
    { name: 'token', as: 'u32' },
    { name: 'back', as: 'u16' },
    { name: 'filler', as: 'rest' },
  ],
  MAX_BODY_BYTES - PROBE_HEAD_BYTES,
);

/** `heard`: bytes of filler that came. The filler back: byte i is the low eight bits of token + i. */
export const probed = codecOf(
  [
    { name: 'token', as: 'u32' },
    { name: 'heard', as: 'u16' },
    { name: 'filler', as: 'rest' },
  ],
  MAX_BODY_BYTES - PROBE_HEAD_BYTES,
);
