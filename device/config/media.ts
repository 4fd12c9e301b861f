import { z } from 'zod';

const MIB = 1024 * 1024;

/** Room and traffic for sound and pictures. */
export const MediaConfig = z.strictObject({
  /** Budget of the media folder; the default is about 2,000 announcements of 1 MB, and the smallest card has 8 GB. */
  bytes: z
    .int()
    .min(64 * MIB)
    .default(2_048 * MIB),
  /** What media leave free on the card, for reports and for the system. */
  free_bytes: z
    .int()
    .min(16 * MIB)
    .default(256 * MIB),
  /** What may be fetched in a month of the calendar, Thai time; absent = as much as is needed. */
  month_bytes: z
    .int()
    .min(10 * MIB)
    .optional(),
  /** Where sticks are looked for, `*` for any name; false = nowhere. Mounting them is the system's affair. */
  sticks: z
    .union([z.literal(false), z.array(z.string().startsWith('/').max(300)).max(16)])
    .default(['/media/*', '/media/*/*', '/run/media/*/*', '/mnt/*']),
  /** The fastest that files are fetched ahead; what somebody waits for takes the whole line. */
  bytes_per_second: z.int().min(2_000).optional(),
});
export type MediaConfig = z.infer<typeof MediaConfig>;
