import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../ports.ts';

/** setTimeout wraps beyond this many ms and would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export function systemClock(): Clock {
  return {
    wall: () => Date.now(),
    monotonic: () => performance.now(),
    after(ms, call) {
      const timer = setTimeout(call, Math.min(ms, LONGEST_TIMER_MS));
      return () => clearTimeout(timer);
    },
  };
}

export function systemRandom(): Random {
  return {
    fraction: () => randomBytes(4).readUInt32BE() / 2 ** 32,
    bytes: (count) => randomBytes(count),
  };
}
