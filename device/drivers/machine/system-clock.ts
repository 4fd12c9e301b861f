import { randomBytes } from 'node:crypto';
import type { Clock, Random } from '../../ports.ts';

/** Longest delay that a Node timer takes as it is: above 2^31-1 ms it fires at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** The machine's clocks. */
export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  after: (ms, call) => {
    let timer: NodeJS.Timeout;
    const arm = (left: number) => {
      timer =
        left > LONGEST_TIMER_MS
          ? setTimeout(() => arm(left - LONGEST_TIMER_MS), LONGEST_TIMER_MS)
          : setTimeout(call, Math.max(0, left));
    };
    arm(ms);
    return () => clearTimeout(timer);
  },
};

/** The machine's randomness. */
export const systemRandom: Random = {
  fraction: () => Math.random(),
  bytes: (count) => randomBytes(count),
};
