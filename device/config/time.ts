import { z } from 'zod';

/** Where the hall learns the time beside the server. */
export const TimeConfig = z.strictObject({
  /** Of the system's time service: chrony or systemd-timesyncd. */
  ntp: z.boolean().default(true),
  /** Of the board, where it has one; it is set when the time is known. */
  board: z.boolean().default(true),
});
export type TimeConfig = z.infer<typeof TimeConfig>;
