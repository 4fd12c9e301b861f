import type { Band } from '../../firmware-protocol/content/band.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import {
  ceilingDb,
  isBound,
  leftMs,
  nextQuiet,
  quietUntil,
  type SiteLaws,
} from '../../firmware-protocol/content/site-laws.ts';
import { DeviceError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import type { MinutesUsed } from './minutes-used.ts';

/** What began in time may end in peace: a meeting is not cut for its last sentence. Longer than that does not begin. */
export const INTO_THE_QUIET_MS = 5 * 60_000;

export interface LawBookParts {
  laws: SiteLaws;
  used: Pick<MinutesUsed, 'today'>;
  clock: Pick<Clock, 'wall'>;
  isTimeKnown: () => boolean;
}

/** How long something may go on, and what ends it then. */
export interface Allowance {
  ms: number;
  reason: 'quiet-hours' | 'minutes-used';
}

/**
 * The laws of a hall as they are now. While the time is not known the quiet hours bind nobody: what sounds then was ordered for
 * this very boot by somebody who is awake, or is spoken at the hall; the minutes bind all the same.
 */
export class LawBook {
  readonly #parts: LawBookParts;

  constructor(parts: LawBookParts) {
    this.#parts = parts;
  }

  get laws(): SiteLaws {
    return this.#parts.laws;
  }

  /** Why what takes `neededMs` may not begin in `inMs` from now; undefined = it may. `atNight`: the quiet hours do not bind it. */
  refusal(band: Band, neededMs: number, inMs = 0, atNight = false): DeviceError | undefined {
    if (!isBound(band)) return undefined;
    const { laws, used, clock, isTimeKnown } = this.#parts;
    const begins = clock.wall() + inMs;
    const quiet = isTimeKnown() && !atNight ? quietUntil(laws, begins) : undefined;
    if (quiet !== undefined) return new DeviceError('quiet-hours', { until: instantOf(quiet) });
    const { ms, reason } = this.allowance(band, inMs, atNight);
    if (neededMs <= ms) return undefined;
    if (reason === 'quiet-hours')
      return new DeviceError('quiet-hours', { why: 'it would last into them', needs_s: inSeconds(neededMs) });
    const left = Math.max(0, leftMs(laws, band, used.today()));
    return new DeviceError('minutes-used', { left_s: inSeconds(left), needs_s: inSeconds(neededMs) });
  }

  /** How long what begins in `inMs` may go on; Infinity for what no law binds. */
  allowance(band: Band, inMs = 0, atNight = false): Allowance {
    if (!isBound(band)) return { ms: Number.POSITIVE_INFINITY, reason: 'quiet-hours' };
    const { laws, used, clock, isTimeKnown } = this.#parts;
    const begins = clock.wall() + inMs;
    const quietAt = isTimeKnown() && !atNight ? nextQuiet(laws, begins) : undefined;
    const untilQuiet =
      quietAt === undefined ? Number.POSITIVE_INFINITY : quietAt - begins + INTO_THE_QUIET_MS;
    const left = leftMs(laws, band, used.today());
    return left < untilQuiet
      ? { ms: left, reason: 'minutes-used' }
      : { ms: untilQuiet, reason: 'quiet-hours' };
  }

  /** dB against what the server prepared; Infinity = no law. */
  ceilingDb(band: Band): number {
    const { laws, clock, isTimeKnown } = this.#parts;
    return ceilingDb(laws, band, isTimeKnown() ? clock.wall() : undefined);
  }
}

function inSeconds(ms: number): number {
  return Math.ceil(ms / 1_000);
}
