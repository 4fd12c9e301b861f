import { z } from 'zod';
import { ANNOUNCEMENT_LIMITS, Sha256 } from '../content/announcement.ts';

/** Uploads are raw bytes as the operator has them; the server makes mono Opus of them once. */
export const UPLOAD_LIMITS = { bytes: 256 * 1024 * 1024, ms: ANNOUNCEMENT_LIMITS.mediaMs } as const;

/** `POST /media` (multipart, one file; HTTP Basic of an operator) answers with this. */
export const MediaInfo = z.object({
  /** Names the prepared file, not the upload. */
  sha256: Sha256,
  bytes: z.int(),
  ms: z.int(),
  title: z.string(),
  /** Integrated loudness after preparation, hundredths of LUFS (EBU R128). */
  loudness_clufs: z.int(),
  /** As it was uploaded: integrated loudness, and true peak in hundredths of dBTP. Absent where nobody measured it. */
  source_clufs: z.int().optional(),
  source_peak_cdb: z.int().optional(),
});
export type MediaInfo = z.infer<typeof MediaInfo>;

/** The prepared form: Ogg Opus, mono, at 48 kHz. */
export const MEDIA_TYPE = 'audio/ogg; codecs=opus';
