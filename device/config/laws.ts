import { z } from 'zod';

/** What may sound at this hall when, how loud and how long. */
export const LawsConfig = z.strictObject({});
export type LawsConfig = z.infer<typeof LawsConfig>;
