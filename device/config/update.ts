import { z } from 'zod';

/** How the agent is replaced by a newer one. Only an agent that was installed with the package replaces itself. */
export const UpdateConfig = z.strictObject({
  /** `never`: releases are kept and shown, and nothing is fetched. */
  releases: z.enum(['install', 'never']).default('install'),
});
export type UpdateConfig = z.infer<typeof UpdateConfig>;
