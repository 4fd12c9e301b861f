import type { ClockTrust } from '../../firmware-protocol/content/report.ts';

/** What an answer of the server proved: the time at a monotonic instant, and by how much it may be wrong. */
export interface Fix {
  wall: number;
  monotonic: number;
  /** Half the round trip: the answer was made at some moment between question and arrival. */
  error_ms: number;
}

export const TIME_LIMITS = {
  /** An answer that took longer proves too little: a start would be off by seconds. */
  roundTrip_ms: 10_000,
  /** A Pi's crystal without discipline: 100 parts per million is 8.6 s a day. */
  drift_ppm: 100,
} as const;

/** Of a clock that nobody has told the time: `floor` = it is at least not before what is known to be past; `none`: it is known to be wrong. */
export function trustOf(systemWall: number, floor: number): ClockTrust {
  return systemWall >= floor ? 'floor' : 'none';
}

/** The fix that an answer gives; undefined when it took too long. All in milliseconds. */
export function fixFrom(answered: number, asked: number, arrived: number): Fix | undefined {
  const roundTrip = arrived - asked;
  if (roundTrip < 0 || roundTrip > TIME_LIMITS.roundTrip_ms) return undefined;
  return { wall: answered + roundTrip / 2, monotonic: arrived, error_ms: roundTrip / 2 };
}

/** How wrong a fix may have become by now. */
export function errorNow(fix: Fix, monotonic: number): number {
  return fix.error_ms + ((monotonic - fix.monotonic) * TIME_LIMITS.drift_ppm) / 1_000_000;
}

/** Keeps the surer one: a slow answer never replaces what a fast one proved a moment ago. */
export function surer(held: Fix | undefined, next: Fix): Fix {
  return held !== undefined && errorNow(held, next.monotonic) < next.error_ms ? held : next;
}
