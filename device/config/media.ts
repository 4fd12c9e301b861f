import { z } from 'zod';

/** Room and traffic for sound and pictures. */
export const MediaConfig = z.strictObject({
  /** Budget of the media folder. */
  bytes: z
    .int()
    .min(64 * 1024 * 1024)
    .optional(),
});
export type MediaConfig = z.infer<typeof MediaConfig>;
