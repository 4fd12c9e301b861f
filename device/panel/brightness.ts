/** How bright a sign should be: pure, so that a whole day can be tried in a moment. Levels are those of the port: 0 to 255. */

export const MOST_LEVEL = 255;
const DAY_MINUTES = 24 * 60;

/** A point of the day, joined to the next by a straight line. */
export interface HourLevel {
  /** Minute of the day in Thailand. */
  minute: number;
  level: number;
}

export interface BrightnessRule {
  /** Never exceeded, not by an alert either: the houses opposite. */
  ceiling: number;
  /** In the order of the day, at least one. */
  hours: HourLevel[];
  /** Whether a light sensor of the sign decides, where it has one. */
  sensor: boolean;
}

export interface Surroundings {
  /** Undefined = the clock is not to be trusted. */
  minute?: number;
  /** What the sensor said last, the newest at the end; empty = it has none, or is silent. */
  lux: number[];
  isAlert: boolean;
}

/**
 * Readable in the shade and no glare at night: what a sign gets that knows neither the time nor the light. Too dark at noon
 * is a page read from nearer; too bright at midnight is a dazzled rider.
 */
export const SAFE_LEVEL = 100;

/** Headlights pass within seconds: the median of so many looks does not see them. */
export const LUX_SAMPLES = 5;

/**
 * Eyes judge light by its logarithm (Weber and Fechner), and so does the curve: from a village at night without street lamps
 * to a sign in the full sun, where all light is needed.
 */
const DARK = { lux: 5, level: 20 } as const;
const BRIGHT = { lux: 10_000, level: MOST_LEVEL } as const;

/** A change that nobody sees is none: the sensor wavers, and each change is a frame. */
const UNSEEN_LEVELS = 8;
/** In one step, of which there is one in half a minute: from noon to night in four minutes, without a jump. */
const STEP_LEVELS = 32;

/** What would be right now. */
export function wantedLevel({ ceiling, hours, sensor }: BrightnessRule, around: Surroundings): number {
  if (around.isAlert) return ceiling;
  const lux = sensor ? median(around.lux) : undefined;
  if (lux !== undefined) return Math.min(ceiling, byLight(lux));
  if (around.minute === undefined) return Math.min(ceiling, SAFE_LEVEL);
  return Math.min(ceiling, byHour(hours, around.minute));
}

/** The next level on the way from `now` to `wanted`; equal to `now` = nothing to do. An alert waits for no steps. */
export function nextLevel(now: number | undefined, wanted: number, isAlert: boolean): number {
  if (now === undefined || isAlert) return wanted;
  const way = wanted - now;
  if (Math.abs(way) <= UNSEEN_LEVELS) return now;
  return now + Math.sign(way) * Math.min(STEP_LEVELS, Math.abs(way));
}

function byLight(lux: number): number {
  const share = Math.log(Math.max(lux, DARK.lux) / DARK.lux) / Math.log(BRIGHT.lux / DARK.lux);
  return Math.round(DARK.level + Math.min(1, share) * (BRIGHT.level - DARK.level));
}

function byHour(hours: HourLevel[], minute: number): number {
  const before = hours.findLast((point) => point.minute <= minute) ?? hours.at(-1);
  const after = hours.find((point) => point.minute > minute) ?? hours[0];
  if (before === undefined || after === undefined) return SAFE_LEVEL;
  const gap = around(after.minute - before.minute) || DAY_MINUTES;
  const share = around(minute - before.minute) / gap;
  return Math.round(before.level + share * (after.level - before.level));
}

function around(minutes: number): number {
  return ((minutes % DAY_MINUTES) + DAY_MINUTES) % DAY_MINUTES;
}

function median(samples: number[]): number | undefined {
  const sorted = samples.slice(-LUX_SAMPLES).sort((a, b) => a - b);
  return sorted[(sorted.length - 1) >> 1];
}
