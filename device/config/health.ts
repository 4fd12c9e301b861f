import { z } from 'zod';

/** Limits of the checks. */
export const HealthConfig = z.strictObject({});
export type HealthConfig = z.infer<typeof HealthConfig>;
