import type { Clock } from '../ports.ts';
import { pause } from './waiting.ts';

/** Looks at both clocks: so many, so far apart that they fall on all parts of a millisecond. */
const LOOKS = 16;
const APART_MS = 7.3;
/** A wall clock that differs by more was set meanwhile; counting in whole milliseconds differs by less. */
const COUNTING_MS = 1.5;
/** How long it takes, ms. */
export const EXACT_MS = LOOKS * APART_MS;

/**
 * The monotonic instant of a wall instant (epoch ms), finer than the wall clock counts: it shows whole milliseconds that
 * have passed, so the look at which it was furthest ahead is the one just after it counted. `about`: the instant as one
 * look had it, kept when the wall clock is set meanwhile.
 */
export async function exactInstant(
  clock: Clock,
  wall: number,
  about: number,
  signal: AbortSignal,
): Promise<number> {
  let ahead = wall - about;
  for (let look = 0; look < LOOKS && !signal.aborted; look += 1) {
    await pause(clock, APART_MS, signal);
    const now = clock.wall() - clock.monotonic();
    if (Math.abs(now - (wall - about)) > COUNTING_MS) return about;
    ahead = Math.max(ahead, now);
  }
  return wall - ahead;
}
