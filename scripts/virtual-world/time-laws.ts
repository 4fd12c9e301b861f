import { errorNow } from '../../device/time/trust.ts';
import type { TrustedClock } from '../../device/time/trusted-clock.ts';
import type { ClockTrust } from '../../firmware-protocol/content/report.ts';

/** Instants on the wire are whole milliseconds, and so is the clock of the agent: each may be off by one. */
export const CLOCK_GRAIN_MS = 2;

/** What the agent took the time to be, at one moment. */
export interface Believed {
  /** Epoch ms. */
  wall: number;
  trust: ClockTrust;
  /** By how much it says that it may be wrong; undefined = it does not know the time. */
  error_ms: number | undefined;
}

export function believed(clock: TrustedClock): Believed {
  const { known } = clock;
  return {
    wall: clock.wall(),
    trust: clock.trust(),
    error_ms: known && errorNow(known, clock.monotonic()),
  };
}

/** A clock that says it knows the time is wrong by no more than it says; a text is a breach. */
export function lieOf({ wall, trust, error_ms }: Believed, truth: number): string | undefined {
  if (error_ms === undefined) return undefined;
  const wrong_ms = wall - truth;
  if (Math.abs(wrong_ms) <= error_ms + CLOCK_GRAIN_MS) return undefined;
  return `time: trust ${trust}, wrong by ${Math.round(wrong_ms)} ms, and says at most ${Math.round(error_ms)} ms`;
}
