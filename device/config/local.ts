import { z } from 'zod';

/** What the box shows and takes at the hall itself. */
export const LocalConfig = z.strictObject({});
export type LocalConfig = z.infer<typeof LocalConfig>;
