import { z } from 'zod';
import { lineOf, Sha256 } from '../content/announcement.ts';
import { AreaCode, DeviceId, Target } from '../content/area.ts';
import { Output } from '../content/band.ts';
import { Instant, LocalTime, Ulid } from '../content/instant.ts';
import { entriesOf, ProgrammeEntries, ProgrammeEntry, RecurrenceRule } from '../content/programme.ts';
import { proof, Transaction } from './answer.ts';
import { Need, PlanChangeRows, Waits } from './people-requests.ts';
import { PlaceNames } from './place-requests.ts';
import { WHY_CHARS } from './push-request.ts';

/** What a province plans, and what becomes of it in a village. */

const transaction = { transaction: Transaction.optional() };

/** A calendar of days: `public-holiday`, `wan-phra`, or one that was imported. */
export const CalendarName = z
  .string()
  .regex(/^[a-z0-9-]{2,40}$/, 'a calendar is 2 to 40 of a-z, 0-9 and "-"');
const calendars = z.array(CalendarName).min(1).max(8);

/** An entry as a person plans it. Boxes never see the calendars: the server makes exceptions of them (EXDATE). */
export const PlannedEntry = ProgrammeEntry.safeExtend({
  /** Left out on every day of these calendars. */
  not_on: calendars.optional(),
  /** Left out on every day that none of these calendars has. */
  only_on: calendars.optional(),
});
export type PlannedEntry = z.infer<typeof PlannedEntry>;

/** Time in the plan of an area that is left to those below it: a village head's ten minutes. Not sent to boxes. */
export const Slot = z.object({
  id: z.string().regex(/^[a-z0-9-]{1,40}$/),
  starts: LocalTime,
  rule: RecurrenceRule.optional(),
  minutes: z.int().min(1).max(240),
  level: z.enum(['district', 'tambon', 'village']),
});
export type Slot = z.infer<typeof Slot>;

const entries = entriesOf(PlannedEntry);
const slots = z.array(Slot).max(50);

/** What an author says yes to with open eyes. */
export const ACCEPTABLE = ['conflicts', 'frozen'] as const;
const accept = z.array(z.enum(ACCEPTABLE)).max(ACCEPTABLE.length).default([]);

/** One kind of trouble, however often it comes. `waits` warns; the others are not published unless accepted. */
export const CONFLICT_KINDS = [
  'waits',
  'cut',
  'loses',
  'quiet-hours',
  'minutes-a-day',
  'outside-slot',
  'overruns-slot',
  'in-slot',
] as const;
export const Conflict = z.object({
  kind: z.enum(CONFLICT_KINDS),
  /** `<area>/<entry>` that suffers. */
  entry: z.string(),
  title: z.string(),
  output: Output,
  /** `<area>/<entry>` or `<area>/<slot>` that stands against it. */
  against: z.string().optional(),
  /** How often within the days that were looked at, and when first. */
  times: z.int(),
  first: Instant,
  /** Where; the first few. */
  areas: z.array(AreaCode),
  en: z.string(),
  th: z.string(),
});
export type Conflict = z.infer<typeof Conflict>;
const Check = z.object({
  /** The first 200: of more, those that hinder before those that only wait. */
  conflicts: z.array(Conflict),
  /** Occurrences that begin within minutes and would come, go or change: `<area>/<entry>/<time>`. */
  frozen: z.array(z.string()),
  /** How many of both are not told here. */
  left_out: z.int(),
  /** Of the `areas` of the conflicts; absent from older servers. */
  names: PlaceNames.optional(),
});

export const ProgrammeRequest = z.strictObject({
  area: AreaCode,
  /** Absent = read the current programme; present = replace it with the next version, at once and without a look at others. */
  entries: ProgrammeEntries.optional(),
  accept,
  ...proof,
  ...transaction,
});
export type ProgrammeRequest = z.infer<typeof ProgrammeRequest>;
/** Under which id a programme waits for a second person, and for what; nothing is published yet. */
const held = { held: Ulid.optional(), waits: Waits.optional() };
export const ProgrammeAnswer = z.object({
  area: AreaCode,
  version: z.int(),
  entries: ProgrammeEntries,
  ...held,
});
export type ProgrammeAnswer = z.infer<typeof ProgrammeAnswer>;

/** Reads the draft of an area, writes it or throws it away; without a draft, what is published, to begin from. */
export const DraftRequest = z.strictObject({
  area: AreaCode,
  entries: entries.optional(),
  slots: slots.optional(),
  discard: z.boolean().default(false),
  /** Tells what stands against these entries and slots, as while they are dragged; keeps nothing. */
  look_only: z.boolean().default(false),
  /** The `changed_at` of the draft that was read, `none` = there was none: another one is neither overwritten nor thrown away (`draft-changed`). */
  over: z.union([Instant, z.literal('none')]).optional(),
  ...transaction,
});
export type DraftRequest = z.infer<typeof DraftRequest>;
export const DraftAnswer = z.object({
  area: AreaCode,
  /** Whether there is a draft. */
  draft: z.boolean(),
  /** The version that was published when it was begun. */
  based_on: z.int(),
  by: z.string().optional(),
  changed_at: Instant.optional(),
  entries,
  slots,
  check: Check,
});

/** Publishes the draft of an area, or an earlier version again. */
export const PublishRequest = z.strictObject({
  area: AreaCode,
  /** Roll back: what this version said is published as the next one. */
  version: z.int().min(1).optional(),
  accept,
  /** Says what would be; publishes nothing. */
  dry_run: z.boolean().default(false),
  /** Only if it is still this, as a dry run told; needed where the password is asked again, which is then given for this content. */
  sha256: Sha256.optional(),
  /** Why it cannot wait, of what begins within minutes: for the second person and the audit. */
  why: lineOf(WHY_CHARS).optional(),
  ...proof,
  ...transaction,
});
export type PublishRequest = z.infer<typeof PublishRequest>;
export const PublishAnswer = z.object({
  area: AreaCode,
  published: z.boolean(),
  /** That is published, or would be. */
  version: z.int(),
  entries: z.int(),
  check: Check,
  /** Of the content: SHA-256 over RFC 8785 of `{area, based_on, accept, entries, slots}`, `accept` sorted. */
  sha256: Sha256,
  /** Of a dry run: why a second person would be needed; none = it would be published at once. */
  needs: z.array(Need).optional(),
  /** Of a dry run: what becomes otherwise against what is published. */
  change: PlanChangeRows.optional(),
  ...held,
});

/** What was published of an area, the newest first. */
export const VersionsRequest = z.strictObject({ area: AreaCode, ...transaction });
export type VersionsRequest = z.infer<typeof VersionsRequest>;
export const VersionsAnswer = z.object({
  area: AreaCode,
  versions: z.array(
    z.object({
      version: z.int(),
      by: z.string(),
      issued_at: Instant,
      valid_until: Instant,
      entries: z.int(),
      /** The version that was rolled back to, or that was only signed anew. */
      same_as: z.int().optional(),
    }),
  ),
});

/** Which halls have the current version of a programme, and since when. */
export const DeliveryRequest = z.strictObject({ area: AreaCode, ...transaction });
export type DeliveryRequest = z.infer<typeof DeliveryRequest>;
export const DeliveryAnswer = z.object({
  area: AreaCode,
  version: z.int(),
  has: z.int(),
  older: z.int(),
  none: z.int(),
  /** Those that do not have it, then those that have it since last. */
  halls: z.array(
    z.object({
      device: DeviceId,
      village: AreaCode,
      version: z.int().optional(),
      since: Instant.optional(),
      seen_at: Instant.optional(),
    }),
  ),
  left_out: z.int(),
});

/** Reads the calendars or the days of one, imports a table of days, or takes an import away. */
export const CalendarRequest = z
  .strictObject({
    /** Of the import; a calendar holds below its area. */
    area: AreaCode.default('th'),
    name: CalendarName.optional(),
    from: z.iso.date().optional(),
    until: z.iso.date().optional(),
    csv: z.string().min(1).optional(),
    csv_base64: z.base64().min(1).optional(),
    remove: z.boolean().default(false),
    ...transaction,
  })
  .refine((request) => request.csv === undefined || request.csv_base64 === undefined, {
    message: 'give csv or csv_base64',
    path: ['csv'],
  })
  .refine(({ name, csv, csv_base64, remove }) => name !== undefined || !(csv || csv_base64 || remove), {
    message: 'name the calendar',
    path: ['name'],
  });
export type CalendarRequest = z.infer<typeof CalendarRequest>;
export const CalendarAnswer = z.object({
  calendars: z.array(z.object({ name: CalendarName, area: AreaCode, computed: z.boolean(), spans: z.int() })),
  days: z.array(z.object({ day: z.iso.date(), title: z.string() })),
  /** Areas whose programme was published anew because the calendar changed. */
  published: z.array(AreaCode),
});

export const ExplainRequest = z.strictObject({
  /** A village, or a device. */
  who: Target,
  from: Instant.optional(),
  /** How far ahead to look, hours. */
  hours: z
    .int()
    .min(1)
    .max(24 * 31)
    .default(24),
  ...transaction,
});
export type ExplainRequest = z.infer<typeof ExplainRequest>;
export const Explained = z.object({
  play: z.string(),
  title: z.string(),
  output: Output,
  area: AreaCode,
  band: z.int(),
  starts: Instant,
  ends: Instant,
  /** `plays`, or what it loses to. */
  verdict: z.enum(['plays', 'waits', 'cut', 'loses']),
  because: z.string(),
  /** The same for people. */
  why: z.object({ en: z.string(), th: z.string() }).optional(),
});
export const ExplainAnswer = z.object({
  who: Target,
  from: Instant,
  until: Instant,
  plan: z.array(Explained),
});
export type ExplainAnswer = z.infer<typeof ExplainAnswer>;

export const PROGRAMME_REQUESTS = {
  draft: { request: DraftRequest, answer: DraftAnswer },
  publish: { request: PublishRequest, answer: PublishAnswer },
  versions: { request: VersionsRequest, answer: VersionsAnswer },
  delivery: { request: DeliveryRequest, answer: DeliveryAnswer },
  calendar: { request: CalendarRequest, answer: CalendarAnswer },
} as const;
