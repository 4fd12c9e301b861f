import type { ServerConfig } from '../config.ts';
import { MediaLibrary } from '../content/media-library.ts';
import { PictureLibrary } from '../content/picture-library.ts';
import { MediaBucket } from '../drivers/media-bucket.ts';
import { MediaFolder } from '../drivers/media-folder.ts';
import { ChildPictureMaker, pictureMakerChildPath } from '../drivers/picture-maker.ts';
import { openSpeech } from '../drivers/speech.ts';
import { FfmpegTranscoder } from '../drivers/transcoder.ts';
import type { Clock, Log } from '../ports.ts';
import type { PreviewRoom } from '../signs/preview-room.ts';
import { SpeechDesk } from '../speech/speech-desk.ts';
import type { Database } from '../tables.ts';
import { ffmpegOr } from './ffmpeg.ts';
import { openPreviews } from './signs.ts';

interface Needs {
  db: Database;
  clock: Clock;
  log: Log;
}

/** Sound, pictures and speech: what orders and programmes name by its hash. What is to be closed is put on `opened`. */
export async function openContent(
  config: ServerConfig,
  { db, clock, log }: Needs,
  opened: (() => Promise<void>)[],
): Promise<{ library: MediaLibrary; pictures: PictureLibrary; speech: SpeechDesk; previews: PreviewRoom }> {
  const ffmpeg = await ffmpegOr(log);
  const transcoder = new FfmpegTranscoder(ffmpeg);
  opened.push(() => transcoder.close());
  const files =
    config.media.kind === 's3'
      ? await MediaBucket.open(config.data, config.media)
      : await MediaFolder.open(config.data);
  const library = new MediaLibrary({ files, transcoder, media: db.media, clock });
  const maker = new ChildPictureMaker(pictureMakerChildPath);
  opened.push(() => maker.close());
  const pictures = new PictureLibrary({ files, maker, pictures: db.pictures, clock });
  const engines = await openSpeech(config.speech, ffmpeg);
  const speech = new SpeechDesk({ engines, library, said: db.speech, clock });
  return { library, pictures, speech, previews: openPreviews(files, { clock, log }, opened) };
}
