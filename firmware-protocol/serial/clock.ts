import { codecOf } from './layout.ts';

/** `unset`: not told since power-up, and no battery kept it. `battery`: kept through a loss of power. */
export const CLOCK_STATES = { unset: 0, set: 1, battery: 2 } as const;

/** Seconds since 1970-01-01T00:00:00Z (until 2106) and milliseconds within the second, 0-999. */
export const clockSet = codecOf([
  { name: 'seconds', as: 'u32' },
  { name: 'milliseconds', as: 'u16' },
]);

export const clockAsk = codecOf([]);

export const clockState = codecOf([
  { name: 'state', as: 'choice', of: CLOCK_STATES },
  { name: 'seconds', as: 'u32' },
  { name: 'milliseconds', as: 'u16' },
]);
