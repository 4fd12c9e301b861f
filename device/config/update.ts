import { z } from 'zod';

/** How the agent is replaced by a newer one. */
export const UpdateConfig = z.strictObject({});
export type UpdateConfig = z.infer<typeof UpdateConfig>;
