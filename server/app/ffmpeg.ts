import { findFfmpeg } from '../drivers/media/ffmpeg-binary.ts';
import { isServerError } from '../errors.ts';
import type { Log } from '../ports.ts';

/** Without ffmpeg uploads are refused; orders and programmes go on. */
export async function ffmpegOr(log: Log): Promise<string> {
  try {
    return await findFfmpeg(process.env);
  } catch (error) {
    if (!isServerError(error, 'transcoder-missing')) throw error;
    log.warn({ error }, 'there is no ffmpeg: sound cannot be uploaded');
    return 'ffmpeg';
  }
}
