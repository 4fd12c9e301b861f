import { z } from 'zod';
import { AreaCode } from '../content/area.ts';
import { Outputs } from '../content/band.ts';
import { DAY_MS } from '../content/civil-day.ts';
import { Instant, LocalTime } from '../content/instant.ts';
import { Window } from '../content/site-laws.ts';
import { Transaction } from './answer.ts';
import { CalendarName, Slot } from './programme-requests.ts';

/** A calendar of what is planned: when each entry comes between two days, before anybody asks what wins. */

export const OCCURRENCE_LIMITS = {
  /** Two of the longest months: a month view shows the weeks that it touches. */
  days: 62,
  /** Of more days it is not told how much of each slot is used: a month of a thousand villages is long work. */
  daysOfUse: 8,
  /** Rows of one answer; `next` asks for more. */
  page: 1_000,
  /** Times of one day that are named one by one; of more, the number, the first and the last. */
  timesOfADay: 24,
} as const;

/** What is planned for an area by itself and from above; with `below`, also by the areas inside it. */
export const OccurrencesRequest = z
  .strictObject({
    area: AreaCode,
    /** First and last day in Thailand, both included. */
    from: z.iso.date(),
    until: z.iso.date(),
    /** `draft`: from now on the area's own plan as its draft has it, if there is one. All others as they are published. */
    which: z.enum(['published', 'draft']).default('published'),
    below: z.boolean().default(false),
    /** The `next` of the page before. */
    after: z.int().min(0).default(0),
    transaction: Transaction.optional(),
  })
  .refine(({ from, until }) => from <= until, { message: 'until is a day before from', path: ['until'] })
  .refine(({ from, until }) => Date.parse(until) - Date.parse(from) < OCCURRENCE_LIMITS.days * DAY_MS, {
    message: `at most ${OCCURRENCE_LIMITS.days} days`,
    path: ['until'],
  })
  .refine(({ area, below }) => !below || area !== 'th', {
    message: 'from below for one province at most',
    path: ['below'],
  });
export type OccurrencesRequest = z.infer<typeof OccurrencesRequest>;

const TimeOfDay = z.string().regex(/^\d\d:\d\d:\d\d$/);

/** Days on which something comes at the same times, as numbers from `from` = 0. */
export const DaysAlike = z.object({
  days: z.array(z.int()).min(1),
  /** On each of these days. */
  count: z.int(),
  first: TimeOfDay,
  last: TimeOfDay,
  /** Absent where they are more than 24 a day. */
  times: z.array(TimeOfDay).optional(),
});
export type DaysAlike = z.infer<typeof DaysAlike>;

export const PlannedRow = z.object({
  /** Whose entry it is, and its id there. */
  area: AreaCode,
  entry: z.string(),
  title: z.string(),
  band: z.int(),
  outputs: Outputs,
  /** Expected on each output, without what may come between; 0 = nothing to say there. */
  length_ms: z.object({ tower: z.int(), panel: z.int() }),
  rule: z.string().optional(),
  /** Only of a draft: as it is not published. */
  draft: z.literal(true).optional(),
  on: z.array(DaysAlike),
});
export type PlannedRow = z.infer<typeof PlannedRow>;

/** What is planned in one time of a slot. */
export const SlotUse = z.object({
  starts: LocalTime,
  /** How many of those for whom it is. */
  areas: z.int(),
  /** Of the one that has most in it, ms; it may be more than the slot has. */
  most_ms: z.int(),
});
export type SlotUse = z.infer<typeof SlotUse>;

export const OccurrencesAnswer = z.object({
  area: AreaCode,
  from: z.iso.date(),
  until: z.iso.date(),
  /** The plans that are looked at, the widest area first; the first thousand. Version 0 = a draft, and nothing published. */
  plans: z.array(z.object({ area: AreaCode, version: z.int(), draft: z.boolean(), entries: z.int() })),
  plans_in_all: z.int(),
  /** By area, the widest first. What was published anew within these days has a row as it was and a row as it is. */
  rows: z.array(PlannedRow),
  /** Absent = there are no more. */
  next: z.int().optional(),
  /** Time that is left to others, by the area and from above. */
  slots: z.array(
    Slot.pick({ id: true, level: true, minutes: true }).extend({
      area: AreaCode,
      on: z.array(DaysAlike),
      /** Who of the area has put sound of their own into it; of at most eight days, and not for `th`. A time that nobody uses is not here. */
      used: z.array(SlotUse).optional(),
    }),
  ),
  /** Holidays, wan phra and the imported calendars that hold there. */
  calendar: z.array(
    z.object({ calendar: CalendarName, from: z.iso.date(), until: z.iso.date(), title: z.string() }),
  ),
  /** The quiet hours that halls of the area told, with their number, the most first. */
  quiet: z.array(z.object({ halls: z.int(), windows: z.array(Window) })),
  /** Halls that told no laws yet. */
  halls_untold: z.int(),
  /** What a plan names and is not there: these entries are left out. */
  faults: z.array(z.object({ area: AreaCode, entry: z.string(), en: z.string(), th: z.string() })),
  /** When this was put together. */
  at: Instant,
});

export const OCCURRENCE_REQUESTS = {
  occurrences: { request: OccurrencesRequest, answer: OccurrencesAnswer },
} as const;
