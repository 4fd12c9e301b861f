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
