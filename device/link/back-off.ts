import type { Random } from '../ports.ts';

/** How long to wait between tries, milliseconds: the first wait is up to `base_ms`, doubling up to `cap_ms`. */
export interface BackOffRange {
  base_ms: number;
  cap_ms: number;
}

/**
 * Full jitter: evenly between nothing and the exponential bound, so that 75,000 halls whose power comes back together
 * do not call together (DESIGN 7). `attempt` counts from 0.
 */
export function fullJitter(range: BackOffRange, attempt: number, random: Pick<Random, 'fraction'>): number {
  // Beyond 2^30 the cap has long been reached; the bound keeps the power finite.
  const bound = Math.min(range.cap_ms, range.base_ms * 2 ** Math.min(attempt, 30));
  return Math.floor(random.fraction() * bound);
}
