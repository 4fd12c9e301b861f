import { z } from 'zod';
import { ANNOUNCEMENT_LIMITS, Sha256 } from '../content/announcement.ts';

/** A photo as a phone takes it: 50 megapixels, 20 MB. */
export const PICTURE_UPLOAD_LIMITS = { bytes: 32 * 1024 * 1024, pixels: 50_000_000 } as const;

/** `POST /picture` (multipart, one file; HTTP Basic of an operator) answers with this. */
export const PictureInfo = z.object({
  /** Names the prepared file, not the upload. */
  sha256: Sha256,
  bytes: z.int().min(1).max(ANNOUNCEMENT_LIMITS.pictureBytes),
  width: z.int().min(1),
  height: z.int().min(1),
  /** More than 1: it moves. */
  frames: z.int().min(1),
  type: z.enum(['image/png', 'image/jpeg', 'image/gif']),
  title: z.string(),
});
export type PictureInfo = z.infer<typeof PictureInfo>;
