import { z } from 'zod';
import { LineText } from './line-spec.ts';
import { Turned } from './panel.ts';

/** A board of our own, with a sign, an amplifier relay, or both. */
export const BoardConfig = z.strictObject({
  line: LineText,
  /** On an RS-485 pair that it shares; such a line stays at its one rate. */
  address: z.int().min(1).max(254).optional(),
  panel: z
    .strictObject({
      /** As its board counts them: before it is turned. */
      width: z.int().min(16).max(2_048),
      height: z.int().min(8).max(1_024),
      turned: Turned,
    })
    .optional(),
  /** Its relay switches the amplifier: short for `amplifier: {"type": "board"}`. */
  amplifier: z.boolean().default(false),
});
export type BoardConfig = z.infer<typeof BoardConfig>;
