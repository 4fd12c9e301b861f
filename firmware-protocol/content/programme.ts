import { z } from 'zod';
import { Announcement, outputsOf } from './announcement.ts';
import { AreaCode } from './area.ts';
import { Outputs } from './band.ts';
import { Instant, LocalTime } from './instant.ts';
import type { Claimed } from './key-set.ts';
import { parseRule, startsADay } from './recurrence-rule.ts';
import { Signature } from './signature.ts';

export const PROGRAMME_LIMITS = {
  entries: 500,
  ruleChars: 300,
  exceptions: 200,
  /** Of all entries together, once a minute: more can be neither heard nor, on a small box, gone through. */
  startsADay: 1_440,
  /** From `issued_at` to `valid_until`: twice what the server gives. Who stole a key cannot make a hall say something for ever. */
  lifeMs: 120 * 86_400_000,
} as const;

/** An RRULE of the subset in SPEC.md; a bad one is a fault that names the part: `BYDAY "8MO" is no weekday`. */
export const RecurrenceRule = z
  .string()
  .max(PROGRAMME_LIMITS.ruleChars)
  .superRefine((text, context) => {
    const parsed = parseRule(text);
    if (!parsed.ok)
      context.addIssue({
        code: 'custom',
        message: `${parsed.fault.part} ${parsed.fault.what}`,
        params: parsed.fault,
      });
  });

/** One rule of a programme. */
export const ProgrammeEntry = z
  .object({
    /** Stable across versions: an occurrence is named `<area>/<entry>/<local time>`, and plays once. */
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    /** First local start, Asia/Bangkok; also gives the time of day where the rule names none (RFC 5545, 3.8.5.3). */
    starts: LocalTime,
    /** RFC 5545 RRULE value without `RRULE:`; absent = once. */
    rule: RecurrenceRule.optional(),
    /** Local starts that are left out (EXDATE). */
    except: z.array(LocalTime).max(PROGRAMME_LIMITS.exceptions).default([]),
    band: z.literal([80, 40, 20]),
    outputs: Outputs.default(['tower', 'panel']),
    /** How late it may still start, seconds. Later it is reported `expired`, never played in a burst. */
    grace_s: z.int().min(0).max(3_600).default(60),
    /** After a pre-emption: go on from the cut, or report `interrupted`. */
    when_cut: z.enum(['resume', 'give-up']).default('resume'),
    announcement: Announcement,
  })
  .refine((entry) => outputsOf(entry).length > 0, {
    message: 'the announcement says nothing on these outputs',
    path: ['outputs'],
  });
export type ProgrammeEntry = z.infer<typeof ProgrammeEntry>;

/** The entries of one programme; ids name occurrences, so none is used twice. `entry` may ask for more than a device knows. */
export function entriesOf<E extends ProgrammeEntry, I>(entry: z.ZodType<E, I>): z.ZodType<E[], I[]> {
  return z
    .array(entry)
    .max(PROGRAMME_LIMITS.entries)
    .superRefine((entries, context) => {
      const seen = new Set<string>();
      for (const [index, { id }] of entries.entries()) {
        if (seen.has(id))
          context.addIssue({
            code: 'custom',
            path: [index, 'id'],
            message: `entry id "${id}" is used twice`,
          });
        seen.add(id);
      }
    })
    .refine((entries) => busiestDayOf(entries) <= PROGRAMME_LIMITS.startsADay, {
      message: `the entries together start more than ${PROGRAMME_LIMITS.startsADay} times a day`,
    });
}

export const ProgrammeEntries = entriesOf(ProgrammeEntry);

/** At most so many starts on one day; an entry without a rule starts once. */
function busiestDayOf(entries: ProgrammeEntry[]): number {
  return entries.reduce((sum, { rule }) => {
    const parsed = rule === undefined ? undefined : parseRule(rule);
    return sum + (parsed?.ok ? startsADay(parsed.rule) : 1);
  }, 0);
}

/** Signed, versioned document of one area. A device merges those of its areas; the higher version replaces the lower. */
export const Programme = z.object({
  format: z.literal(1),
  crit: z.array(z.string()).max(8).optional(),
  area: AreaCode,
  version: z.int().min(1),
  by: z.string().min(1).max(64),
  issued_at: Instant,
  /** After this the device plays it no more; default is what 30 days offline need. */
  valid_until: Instant,
  entries: ProgrammeEntries,
  signature: Signature,
});
export type Programme = z.infer<typeof Programme>;

/** What a programme asks of its key: the highest band that it uses. */
export function claimsOfProgramme({ area, issued_at, entries }: Omit<Programme, 'signature'>): Claimed {
  const band = Math.max(0, ...entries.map((entry) => entry.band));
  return { use: 'programme', band, to: [area], at: issued_at };
}
