import { z } from 'zod';
import { ANNOUNCEMENT_LIMITS, Chime, Sha256 } from '../content/announcement.ts';
import { AreaCode } from '../content/area.ts';
import { Outputs } from '../content/band.ts';
import { Instant } from '../content/instant.ts';
import { Transaction } from './answer.ts';
import { DraftAnswer } from './programme-requests.ts';

/** Programmes as iCalendar (RFC 5545): out for any calendar program, in as a draft. */

const transaction = { transaction: Transaction.optional() };

export const ICAL_LIMITS = {
  /** A calendar of some thousand meetings; as base64 it still fits a request. */
  bytes: 700 * 1024,
  /** Events of one file, also those that are left out. */
  events: 5_000,
  /** Unfolded lines: no real event has more than some dozen. */
  lines: 100_000,
  /** EXDATE and RDATE of one event. */
  datesOfAnEvent: 1_000,
  /** How far ahead days of calendars are written out: two years. */
  days: 732,
} as const;

/** The plan of an area as iCalendar. */
export const IcalRequest = z.strictObject({
  area: AreaCode,
  /** `draft` falls back on what is published where there is none. */
  which: z.enum(['published', 'draft']).default('published'),
  /** How many days from today the days of calendars are written out. */
  days: z.int().min(1).max(ICAL_LIMITS.days).default(366),
  ...transaction,
});
export type IcalRequest = z.infer<typeof IcalRequest>;
export const IcalAnswer = z.object({
  area: AreaCode,
  which: z.enum(['published', 'draft']),
  version: z.int(),
  /** Events in it. */
  entries: z.int(),
  /** Entries that are held to calendars are written out, and end with this instant; absent = there are none. */
  until: Instant.optional(),
  ics: z.string(),
});

/** What an event of another program becomes. */
export const IcalMapping = z.strictObject({
  band: z.literal([80, 40, 20]).default(40),
  outputs: Outputs.default(['tower', 'panel']),
  /** The words on the sign; the title is always SUMMARY. */
  text: z.enum(['summary', 'description', 'both']).default('summary'),
  /** What the tower plays after its chime: SHA-256 of uploaded sound. */
  media: z.array(Sha256).min(1).max(8).optional(),
  chime: Chime.optional(),
  times: z.int().min(1).max(ANNOUNCEMENT_LIMITS.repeats).optional(),
  /** How late it may still start, seconds. */
  grace_s: z.int().min(0).max(3_600).optional(),
  when_cut: z.enum(['resume', 'give-up']).optional(),
  /** When on its day an event without a time is said; absent = such an event is refused. */
  all_day_at: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of day is "08:00"')
    .optional(),
});
export type IcalMapping = z.infer<typeof IcalMapping>;

/** Takes a file of calendar events into the draft of an area, all of it or nothing. Nothing is published. */
export const AdoptRequest = z
  .strictObject({
    area: AreaCode,
    ics: z.string().min(1).optional(),
    ics_base64: z.base64().min(1).optional(),
    /** For every event that is not ours. */
    as: IcalMapping.optional(),
    /** For events of a category (CATEGORIES), before `as`. */
    categories: z.record(z.string().min(1).max(100), IcalMapping).optional(),
    /** The file is the whole plan from now on; otherwise it is added to the draft, and replaces what it brought before. */
    replace: z.boolean().default(false),
    dry_run: z.boolean().default(false),
    ...transaction,
  })
  .refine(({ ics, ics_base64 }) => (ics === undefined) !== (ics_base64 === undefined), {
    message: 'give either ics or ics_base64',
    path: ['ics'],
  });
export type AdoptRequest = z.infer<typeof AdoptRequest>;

/** Why an event was not taken over. */
export const LEFT_OUT = ['past', 'cancelled', 'private', 'not-an-event'] as const;
export const AdoptAnswer = DraftAnswer.extend({
  done: z.boolean(),
  /** Events that were read. */
  events: z.int(),
  /** Entries that came of them: `ours` by their own notes, `mapped` by the mapping. */
  ours: z.int(),
  mapped: z.int(),
  left_out: z.record(z.enum(LEFT_OUT), z.int()),
});

export const ICAL_REQUESTS = {
  ical: { request: IcalRequest, answer: IcalAnswer },
  adopt: { request: AdoptRequest, answer: AdoptAnswer },
} as const;
