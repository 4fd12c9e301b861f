import { z } from 'zod';

/** Thailand keeps one offset all year, without daylight saving: fixed arithmetic is exact. */
export const BANGKOK_OFFSET_MS = 7 * 3_600_000;

/** A point in time on the wire: RFC 3339 with an offset. Digits beyond the millisecond are allowed and cut. */
export const Instant = z.iso.datetime({ offset: true });
export type Instant = z.infer<typeof Instant>;

/** A wall-clock time in Thailand, without offset: `2026-11-13T18:30:00`. Years 2000 to 2199 bound what a rule can cost. */
export const LocalTime = z
  .string()
  .regex(
    /^2[01]\d{2}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/,
    'a local time is "2026-11-13T18:30:00", without an offset',
  )
  .refine(isOnTheCalendar, 'no such day or time');
export type LocalTime = z.infer<typeof LocalTime>;

const ULID = /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/;
/** A ULID (Crockford base 32, 26 characters): sorts by time of making; names orders, media uploads, transactions. */
export const Ulid = z.string().regex(ULID, 'a ULID has 26 characters of Crockford base 32');

/** Where most are none: a schema's reasons why not cost more than the look. */
export function isUlid(value: unknown): boolean {
  return typeof value === 'string' && ULID.test(value);
}

/** Milliseconds since 1970 -> RFC 3339 in Thai time, the form that prakat writes: `2026-11-13T18:30:00.000+07:00`. */
export function instantOf(epochMs: number): Instant {
  return new Date(epochMs + BANGKOK_OFFSET_MS).toISOString().replace('Z', '+07:00');
}

/** RFC 3339 -> milliseconds since 1970. */
export function epochMsOf(instant: Instant): number {
  return Date.parse(instant);
}

/** Date.parse takes 30 February for 2 March; only what reads back the same exists. */
function isOnTheCalendar(local: string): boolean {
  const epochMs = Date.parse(`${local}Z`);
  return !Number.isNaN(epochMs) && new Date(epochMs).toISOString() === `${local}.000Z`;
}

/** `2026-11-13T18:30:00` in Thailand -> milliseconds since 1970. */
export function epochMsOfLocal(local: LocalTime): number {
  // Its digits stand in their places: it is asked for each entry and exception of each look at a plan.
  const two = (at: number) => (local.charCodeAt(at) - ZERO) * 10 + local.charCodeAt(at + 1) - ZERO;
  const year = two(0) * 100 + two(2);
  return Date.UTC(year, two(5) - 1, two(8), two(11), two(14), two(17)) - BANGKOK_OFFSET_MS;
}

const ZERO = '0'.charCodeAt(0);
