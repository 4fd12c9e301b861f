import { z } from 'zod';
import { AreaCode, DeviceId } from '../content/area.ts';
import { Instant } from '../content/instant.ts';
import { Transaction } from './answer.ts';
import type { FleetFlag } from './hall-list.ts';
import { Health } from './messages.ts';

const count = z.int().min(0);
export const FleetCounts = z.object({
  halls: count,
  online: count,
  tower_fault: count,
  sign_fault: count,
  clock: count,
  warned: count,
} satisfies Record<'halls' | FleetFlag, z.ZodInt>);
export type FleetCounts = z.infer<typeof FleetCounts>;

/** The halls of an area in counts, and of each area one step below: a map, a tree. */
export const OverviewRequest = z.strictObject({
  area: AreaCode.default('th'),
  transaction: Transaction.optional(),
});
export type OverviewRequest = z.infer<typeof OverviewRequest>;
export const OverviewAnswer = z.object({
  area: AreaCode,
  /** Its own name; absent where nobody named it. */
  th: z.string().optional(),
  en: z.string().optional(),
  /** Of what the asker may see. */
  counts: FleetCounts,
  /** Those with halls that the asker may see, by code. */
  parts: z.array(
    z.object({ area: AreaCode, th: z.string().optional(), en: z.string().optional(), counts: FleetCounts }),
  ),
});
export type OverviewAnswer = z.infer<typeof OverviewAnswer>;

/** Most points that a chart is given. */
export const HEALTH_POINTS = 500;

/** What a hall measured, as far back as the server keeps it: for a chart, the last of each stretch of time. */
export const HealthRequest = z.strictObject({
  device: DeviceId,
  /** Absent = a day before `until`. */
  from: Instant.optional(),
  /** Absent = now. */
  until: Instant.optional(),
  points: z.int().min(1).max(HEALTH_POINTS).default(HEALTH_POINTS),
  transaction: Transaction.optional(),
});
export type HealthRequest = z.infer<typeof HealthRequest>;
export const HealthAnswer = z.object({
  device: DeviceId,
  from: Instant,
  until: Instant,
  /** Each point stands for so long, ms. */
  step_ms: z.int().min(1),
  /** The oldest first, with the time at which the server heard them: the clock of a hall may be wrong. */
  points: z.array(z.object({ heard_at: Instant, health: Health })),
});
export type HealthAnswer = z.infer<typeof HealthAnswer>;
