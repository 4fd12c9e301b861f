import { z } from 'zod';
import { type BrightnessRule, MOST_LEVEL } from '../panel/brightness.ts';

const Percent = z.number().min(0).max(100);
const HourOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the day, as 17:30');

/**
 * Thailand lies between 5.6 and 20.5 degrees north: the sun rises between 5.45 and 6.50 and sets between 17.40 and 18.55 all
 * year, so that one table does for every day and place.
 */
const HOURS_TH = {
  '05:30': 15,
  '06:30': 60,
  '08:00': 100,
  '16:30': 100,
  '18:00': 50,
  '19:00': 30,
  '22:00': 15,
};

/** `{"ceiling": 80, "sensor": false, "hours": {"06:00": 40, "12:00": 80, "18:00": 30}}`, in percent of the full light. */
export const BrightnessConfig = z
  .strictObject({
    /** Never exceeded, not by an alert either. */
    ceiling: Percent.default(100),
    /** Whether the sign's own light sensor decides, where it has one. */
    sensor: z.boolean().default(true),
    /** Points of the day in Thailand, joined by straight lines. */
    hours: z
      .record(HourOfDay, Percent)
      .refine((hours) => Object.keys(hours).length > 0, 'at least one time of the day')
      .default(HOURS_TH),
  })
  .transform(
    ({ ceiling, sensor, hours }): BrightnessRule => ({
      ceiling: levelOf(ceiling),
      sensor,
      hours: Object.entries(hours)
        .map(([at, percent]) => ({ minute: minuteOf(at), level: levelOf(percent) }))
        .sort((a, b) => a.minute - b.minute),
    }),
  );

/** What a sign that can keep a page shows when the hall's computer is dead. */
export const FallbackConfig = z.strictObject({
  /**
   * Of silence. An agent that starts again, or is exchanged for a newer one, is back within a minute; a village should not be
   * told of that.
   */
  seconds: z.int().min(1).max(65_535).default(120),
  /** Under the name of the village. True for a minute and for a month; no clock stands on it, and it promises nothing. */
  text: z.string().min(1).max(200).default('ระบบประกาศขัดข้องชั่วคราว'),
});
export type FallbackConfig = z.infer<typeof FallbackConfig>;

function levelOf(percent: number): number {
  return Math.round((percent / 100) * MOST_LEVEL);
}

function minuteOf(at: string): number {
  const [hours = 0, minutes = 0] = at.split(':').map(Number);
  return hours * 60 + minutes;
}
