import { z } from 'zod';

/**
 * The priority ladder, one per output. A higher band pre-empts a lower one; within a band the earlier start wins.
 * Quiet hours, loudness and minutes-per-day limits let only `ceremony` and above pass.
 */
export const BANDS = {
  alert: 90,
  ceremony: 80,
  microphone: 70,
  urgent: 60,
  relay: 50,
  scheduled: 40,
  filler: 20,
  idle: 0,
} as const;
export type BandName = keyof typeof BANDS;

const numbers = Object.values(BANDS);

/** A rung of the ladder, as the number on the wire. */
export const Band = z.literal(numbers);
export type Band = z.infer<typeof Band>;

/** Outputs are arbitrated separately: sound and sign of one announcement may win and lose on their own. */
export const OUTPUTS = ['tower', 'panel'] as const;
export const Output = z.enum(OUTPUTS);
export type Output = z.infer<typeof Output>;

/** Which outputs are meant, each once. */
export const Outputs = z
  .array(Output)
  .min(1)
  .max(OUTPUTS.length)
  .refine((outputs) => new Set(outputs).size === outputs.length, 'an output is named twice');
