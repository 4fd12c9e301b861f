import { z } from 'zod';
import { Turned } from './panel.ts';

/** `tcp:host:port`, or a device file with `@baud`: read by the line driver, which knows the details. */
const LineSpec = z.string().min(1).max(300);

/** A board of our own, with a sign, an amplifier relay, or both. */
export const BoardConfig = z.strictObject({
  line: LineSpec,
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
