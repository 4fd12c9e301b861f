import { z } from 'zod';

/** Where the hall learns the time beside the server. */
export const TimeConfig = z.strictObject({});
export type TimeConfig = z.infer<typeof TimeConfig>;
