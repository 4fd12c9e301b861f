import { z } from 'zod';
import { lineOf } from '../content/announcement.ts';
import { AreaCode, DeviceId } from '../content/area.ts';
import { Output } from '../content/band.ts';
import { Instant } from '../content/instant.ts';
import { Transaction } from './answer.ts';

/** Villages by name, site and point; groups of them; and which of them have a box that works. */

const transaction = { transaction: Transaction.optional() };

export const PLACE_LIMITS = {
  /** Villages in one answer; `next` asks for more. */
  page: 1_000,
  groupAreas: 2_000,
} as const;

/** A free group of villages; as a target it is `group/<id>`. */
export const GroupId = z.string().regex(/^[a-z0-9-]{2,40}$/, 'a group is 2 to 40 of a-z, 0-9 and "-"');

/** Whom an operator may name: what orders name, and groups, which the server resolves when it sends. */
export const Addressee = z
  .string()
  .regex(
    /^(th|[1-9]\d(\d{2}){0,3}|device\/[a-z0-9-]{3,32}|group\/[a-z0-9-]{2,40})$/,
    'a target is an area code, "device/<id>" or "group/<id>"',
  );

/** What people call places that an answer has as codes, for the first 1,000 of them; by code. What nobody named is not in it. */
export const PlaceNames = z.record(AreaCode, z.object({ th: z.string(), en: z.string() }));

/** Reads the villages of an area, or imports a table of them (docs/province.md has the columns). */
export const PlacesRequest = z
  .strictObject({
    area: AreaCode.default('th'),
    /** Villages with a higher code: the `next` of the page before. */
    after: AreaCode.optional(),
    /** The table as text. */
    csv: z.string().min(1).optional(),
    /** The table as the bytes of its file, so that Excel's TIS-620 is read right. */
    csv_base64: z.base64().min(1).optional(),
    /** Villages of `area` that are not in the table are taken off the list. */
    replace: z.boolean().default(false),
    /** Says what the import would do. */
    dry_run: z.boolean().default(false),
    ...transaction,
  })
  .refine((request) => request.csv === undefined || request.csv_base64 === undefined, {
    message: 'give csv or csv_base64',
    path: ['csv'],
  });
export type PlacesRequest = z.infer<typeof PlacesRequest>;

const Site = z.object({
  name: z.string(),
  lat: z.number().optional(),
  lon: z.number().optional(),
  /** By the survey. */
  outputs: z.array(Output),
});
const VillageRow = z.object({
  village: AreaCode,
  name: z.string(),
  name_en: z.string().optional(),
  households: z.int().optional(),
  sites: z.array(Site),
});
export const PlacesAnswer = z.object({
  area: AreaCode,
  /** In the whole area. */
  total: z.int(),
  villages: z.array(VillageRow),
  next: AreaCode.optional(),
  imported: z
    .object({
      done: z.boolean(),
      villages: z.int(),
      sites: z.int(),
      added: z.int(),
      changed: z.int(),
      dropped: z.array(AreaCode),
      /** Polygons of warnings cannot find these. */
      without_point: z.int(),
      groups: z.array(GroupId),
      encoding: z.string(),
      delimiter: z.string(),
    })
    .optional(),
});

/** Reads the groups, makes or changes one, or takes one away. */
export const GroupsRequest = z
  .strictObject({
    group: GroupId.optional(),
    title: lineOf(120).optional(),
    /** All that belong to it from now on. */
    areas: z.array(AreaCode).min(1).max(PLACE_LIMITS.groupAreas).optional(),
    remove: z.boolean().default(false),
    ...transaction,
  })
  .refine(({ group, title, areas, remove }) => group !== undefined || !(title || areas || remove), {
    message: 'name the group',
    path: ['group'],
  });
export type GroupsRequest = z.infer<typeof GroupsRequest>;
export const GroupsAnswer = z.object({
  groups: z.array(
    z.object({
      group: GroupId,
      title: z.string(),
      areas: z.array(AreaCode),
      /** Enrolled in these areas now. */
      devices: z.int(),
      by: z.string(),
      changed_at: Instant,
    }),
  ),
});

/** Who has a box that works, and who has not, since when. */
export const CoverageRequest = z.strictObject({ area: AreaCode.default('th'), ...transaction });
export type CoverageRequest = z.infer<typeof CoverageRequest>;

const Counts = z.object({
  /** On the list, or with a box. */
  villages: z.int(),
  working: z.int(),
  /** There, but a part of it does not work. */
  impaired: z.int(),
  offline: z.int(),
  /** Enrolled, never heard of. */
  new: z.int(),
  without: z.int(),
});
export const CoverageAnswer = z.object({
  area: AreaCode,
  th: z.string(),
  en: z.string(),
  all: Counts,
  /** One step down: provinces, districts, tambons; empty for a tambon. */
  parts: z.array(Counts.extend({ area: AreaCode, th: z.string(), en: z.string() })),
  /** Those without a box that works, by code; what is more than a message holds is counted. */
  wanting: z.array(
    z.object({
      village: AreaCode,
      name: z.string(),
      standing: z.enum(['impaired', 'offline', 'new', 'without']),
      /** Absent: nobody saw when. */
      since: Instant.optional(),
      device: DeviceId.optional(),
      /** What does not work, or what the survey found and the box does not have. */
      lacks: z.array(Output).optional(),
    }),
  ),
  left_out: z.int(),
});

export const PLACE_REQUESTS = {
  places: { request: PlacesRequest, answer: PlacesAnswer },
  groups: { request: GroupsRequest, answer: GroupsAnswer },
  coverage: { request: CoverageRequest, answer: CoverageAnswer },
} as const;
