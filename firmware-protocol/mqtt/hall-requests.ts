import { z } from 'zod';
import { AreaCode, DeviceId } from '../content/area.ts';
import { Instant } from '../content/instant.ts';
import { ClockTrust } from '../content/report.ts';
import { Transaction } from './answer.ts';
import { HALL_FILTERS, HALL_SORTS } from './hall-list.ts';
import { DeviceState, Presence } from './messages.ts';

export const HALL_LIMITS = {
  /** Halls in one answer. */
  page: 500,
  searchChars: 80,
} as const;

/** A window into a list of halls, found, sorted and counted by the server: a nation's list is no heavier than a district's. */
export const HallsRequest = z.strictObject({
  area: AreaCode.default('th'),
  /** In the name, the id, the code, or the name of tambon, district or province. */
  search: z.string().trim().max(HALL_LIMITS.searchChars).optional(),
  /** Those to which one of these applies; absent = all. */
  only: z.array(z.enum(HALL_FILTERS)).min(1).max(HALL_FILTERS.length).optional(),
  sort: z.enum(HALL_SORTS).default('village'),
  descending: z.boolean().default(false),
  /** So many of the list come before. */
  skip: z.int().min(0).default(0),
  limit: z.int().min(1).max(HALL_LIMITS.page).default(100),
  transaction: Transaction.optional(),
});
export type HallsRequest = z.infer<typeof HallsRequest>;

/** A hall as a list shows it. */
export const HallRow = z.object({
  device: DeviceId,
  village: AreaCode,
  name: z.string(),
  /** Absent = it was never heard of. */
  presence: Presence.shape.state.optional(),
  seen_at: Instant.optional(),
  trust: ClockTrust.optional(),
  version: z.string().optional(),
  outputs: DeviceState.shape.outputs,
  warnings: DeviceState.shape.warnings,
  copied_since: Instant.optional(),
});
export type HallRow = z.infer<typeof HallRow>;

export const HallsAnswer = z.object({
  /** In the whole list. */
  total: z.int().min(0),
  skip: z.int().min(0),
  /** As many as were asked for, or as fit into the answer. */
  halls: z.array(HallRow),
  /** Names of the provinces, districts and tambons that hold them. */
  places: z.array(z.object({ area: AreaCode, th: z.string(), en: z.string() })),
});
export type HallsAnswer = z.infer<typeof HallsAnswer>;

export const HALL_REQUESTS = { halls: { request: HallsRequest, answer: HallsAnswer } } as const;
