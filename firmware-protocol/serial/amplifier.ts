import { codecOf } from './layout.ts';

export const POWER = { off: 0, on: 1 } as const;
export const SENSED = { off: 0, on: 1, unknown: 2 } as const;

/**
 * Switches the amplifier. `limitSeconds`: the board switches it off by itself when no further `on` came for so long, so that
 * a host that died leaves no tower humming. 0 is refused.
 */
export const amplifierPower = codecOf([
  { name: 'power', as: 'choice', of: POWER },
  { name: 'limitSeconds', as: 'u16' },
]);

export const amplifierAsk = codecOf([]);

/** `commanded`: what the relay was told; `sensed`: what current or auxiliary contact say. */
export const amplifierState = codecOf([
  { name: 'commanded', as: 'choice', of: POWER },
  { name: 'sensed', as: 'choice', of: SENSED },
  { name: 'onMs', as: 'u32' },
  { name: 'limitTrips', as: 'u16' },
]);

/** Gain of the line into the amplifier, hundredths of a decibel, negative = quieter. */
export const amplifierGain = codecOf([{ name: 'gain', as: 'i16' }]);

export const amplifierMeasureAsk = codecOf([]);

/** Which of the figures the board really measures; the others are 0 and mean nothing. */
export const AMPLIFIER_KNOWN = { level: 0, current: 1, temperature: 2, supply: 3 } as const;
export const AMPLIFIER_FAULTS = {
  'over-temperature': 0,
  'over-current': 1,
  'short-circuit': 2,
  'open-load': 3,
  'supply-low': 4,
  protection: 5,
} as const;

/** `level` of what goes out, hundredths of a decibel below full; `current` mA; `temperature` tenths of a degree C; `supply` mV. */
export const amplifierMeasure = codecOf([
  { name: 'known', as: 'set', of: AMPLIFIER_KNOWN },
  { name: 'level', as: 'i16' },
  { name: 'current', as: 'u16' },
  { name: 'temperature', as: 'i16' },
  { name: 'supply', as: 'u16' },
  { name: 'faults', as: 'set', of: AMPLIFIER_FAULTS },
]);
