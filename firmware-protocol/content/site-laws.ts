import { z } from 'zod';
import { BANDS, type Band, type BandName } from './band.ts';
import { DAY_MS, weekdayOf } from './civil-day.ts';
import { BANGKOK_OFFSET_MS } from './instant.ts';

/**
 * What may sound from a tower, when, how loud and how long: kept on the device, and pure, so that the server can tell the same.
 * They bind every band below a ceremony; a sign is read by who looks at it and is not bound.
 */

const BAND_NAMES = Object.keys(BANDS) as BandName[];
const WEEKDAYS = ['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'] as const;
const MINUTE_MS = 60_000;
const DAY_MINUTES = 1_440;

const HourOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the day, as 21:00');

/** From a time of the day until another, in Thailand; over midnight where `until` is the earlier one. */
export const Window = z
  .strictObject({
    from: HourOfDay,
    until: HourOfDay,
    /** On which it begins; absent: every day. */
    days: z.array(z.enum(WEEKDAYS)).min(1).optional(),
  })
  .refine(({ from, until }) => from !== until, { message: 'a window ends at another time', path: ['until'] });
export type Window = z.infer<typeof Window>;

const Minutes = z.int().min(0).max(DAY_MINUTES);

/**
 * Villages are at work in the fields at six, and complain of what is louder than a voice before seven; an evening ends at nine.
 * Two hours a day are what stands in the rules of municipalities for all announcements together, meetings included.
 */
const DEFAULT_QUIET: Window[] = [{ from: '21:00', until: '06:00' }];
const DEFAULT_MINUTES_A_DAY = 120;

export const SiteLaws = z.strictObject({
  quiet: z.array(Window).max(20).default(DEFAULT_QUIET),
  /** Of sound, all bands below a ceremony together. */
  minutes_a_day: Minutes.default(DEFAULT_MINUTES_A_DAY),
  /** Of one band, within the whole. */
  minutes_a_day_of: z.partialRecord(z.enum(BAND_NAMES), Minutes).default({}),
  /** Loudness against what the server prepared, dB: the lowest of those that apply. */
  ceilings: z
    .array(
      z.strictObject({
        db: z.number().min(-60).max(12),
        /** Absent: every band, alerts too. */
        bands: z.array(z.enum(BAND_NAMES)).min(1).optional(),
        /** Absent: always. */
        during: Window.optional(),
      }),
    )
    .max(20)
    .default([]),
});
export type SiteLaws = z.infer<typeof SiteLaws>;

/** Nothing is forbidden. */
export const NO_LAWS: SiteLaws = {
  quiet: [],
  minutes_a_day: DAY_MINUTES,
  minutes_a_day_of: {},
  ceilings: [],
};

export function isBound(band: Band): boolean {
  return band < BANDS.ceremony;
}

/** Until when the quiet lasts that holds at `at`; undefined = it may sound. Epoch ms. */
export function quietUntil({ quiet }: SiteLaws, at: number): number | undefined {
  const ends = quiet.flatMap((window) => occurrencesAround(window, at).filter((each) => isWithin(each, at)));
  return ends.length === 0 ? undefined : Math.max(...ends.map(({ until }) => until));
}

/** When the next quiet after `at` begins; undefined = within two days none does. Epoch ms. */
export function nextQuiet({ quiet }: SiteLaws, at: number): number | undefined {
  const begins = quiet.flatMap((window) => occurrencesAround(window, at)).filter(({ from }) => from > at);
  return begins.length === 0 ? undefined : Math.min(...begins.map(({ from }) => from));
}

/** The loudest that `band` may be at `at` (epoch ms; undefined = the time is not known), dB; Infinity = no law. */
export function ceilingDb({ ceilings }: SiteLaws, band: Band, at: number | undefined): number {
  const applying = ceilings.filter(({ bands, during }) => {
    if (bands !== undefined && !bands.some((name) => BANDS[name] === band)) return false;
    // Who does not know the hour goes by the stricter one.
    return (
      during === undefined ||
      at === undefined ||
      occurrencesAround(during, at).some((each) => isWithin(each, at))
    );
  });
  return Math.min(Number.POSITIVE_INFINITY, ...applying.map(({ db }) => db));
}

/** What is left of the day for `band`, ms; `usedMs` = by band, today. */
export function leftMs(laws: SiteLaws, band: Band, usedMs: ReadonlyMap<Band, number>): number {
  const all = [...usedMs.values()].reduce((sum, ms) => sum + ms, 0);
  const [name] = BAND_NAMES.filter((each) => BANDS[each] === band);
  const own = name === undefined ? undefined : laws.minutes_a_day_of[name];
  const ofAll = laws.minutes_a_day * MINUTE_MS - all;
  return own === undefined ? ofAll : Math.min(ofAll, own * MINUTE_MS - (usedMs.get(band) ?? 0));
}

/** The day of the Thai calendar, as a number (civil-day.ts). */
export function thaiDayOf(at: number): number {
  return Math.floor((at + BANGKOK_OFFSET_MS) / DAY_MS);
}

interface Span {
  from: number;
  until: number;
}

/** Those that begin from the day before until two days after. */
function occurrencesAround({ from, until, days }: Window, at: number): Span[] {
  const today = thaiDayOf(at);
  return [-1, 0, 1, 2]
    .map((offset) => today + offset)
    .filter((day) => days === undefined || days.some((each) => WEEKDAYS.indexOf(each) === weekdayOf(day)))
    .map((day) => {
      const begins = day * DAY_MS - BANGKOK_OFFSET_MS + minutesOf(from) * MINUTE_MS;
      const minutes = (minutesOf(until) - minutesOf(from) + DAY_MINUTES) % DAY_MINUTES;
      return { from: begins, until: begins + minutes * MINUTE_MS };
    });
}

function isWithin({ from, until }: Span, at: number): boolean {
  return at >= from && at < until;
}

function minutesOf(hour: string): number {
  const [hours = 0, minutes = 0] = hour.split(':').map(Number);
  return hours * 60 + minutes;
}
