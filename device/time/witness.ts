import type { TimeReading } from '../ports.ts';
import { errorNow, type Fix } from './trust.ts';

/** What a source said, by its name. */
export interface Witness extends TimeReading {
  name: string;
  /** A clock that we set ourselves from known time: it needs nobody beside it. */
  alone?: boolean;
}

/** Two that are no further apart than this, beside what each may be wrong by, say the same (DESIGN 5, Time). */
const AGREE_MS = 2_000;
/** Further apart than this, one of them is wrong, and people should know (F12). */
export const DISAGREE_MS = 60_000;

/** How far `a` is ahead of `b`, ms. */
export function aheadOf(a: Fix, b: Fix): number {
  return a.wall - a.monotonic - (b.wall - b.monotonic);
}

export function agree(a: Fix, b: Fix, monotonic: number): boolean {
  return Math.abs(aheadOf(a, b)) <= AGREE_MS + errorNow(a, monotonic) + errorNow(b, monotonic);
}

/** The surer of two that agree; undefined = no two do. */
export function agreedBy(witnesses: readonly Witness[], monotonic: number): Witness | undefined {
  const backed = witnesses.filter((each) =>
    witnesses.some((other) => other.name !== each.name && agree(each, other, monotonic)),
  );
  return backed.sort((a, b) => errorNow(a, monotonic) - errorNow(b, monotonic))[0];
}
