import type { ServerConfig } from '../config.ts';
import { LibraryDesk } from '../content/library-desk.ts';
import { MediaLibrary } from '../content/media-library.ts';
import { MediaUses } from '../content/media-uses.ts';
import { PictureLibrary } from '../content/picture-library.ts';
import { UploadBook } from '../content/upload-book.ts';
import { builtProgram } from '../drivers/built-program.ts';
import { MediaBucket } from '../drivers/media/media-bucket.ts';
import { MediaFolder } from '../drivers/media/media-folder.ts';
import { ChildPictureMaker } from '../drivers/media/picture-maker.ts';
import { FfmpegTranscoder } from '../drivers/media/transcoder.ts';
import { openSpeech } from '../drivers/speech/speech.ts';
import type { Clock, Log, Operators } from '../ports.ts';
import type { ProgrammeShelf } from '../programme/programme-shelf.ts';
import type { PreviewRoom } from '../signs/preview-room.ts';
import { SpeechDesk } from '../speech/speech-desk.ts';
import type { Database } from '../tables.ts';
import { ffmpegOr } from './ffmpeg.ts';
import { openPreviews } from './signs.ts';

interface Needs {
  db: Database;
  operators: Pick<Operators, 'identity'>;
  shelf: ProgrammeShelf;
  clock: Clock;
  log: Log;
}

export interface Content {
  library: MediaLibrary;
  pictures: PictureLibrary;
  desk: LibraryDesk;
  speech: SpeechDesk;
  previews: PreviewRoom;
}

/** Sound, pictures and speech: what orders and programmes name by its hash. What is to be closed is put on `opened`. */
export async function openContent(
  config: ServerConfig,
  { db, operators, shelf, clock, log }: Needs,
  opened: (() => Promise<void>)[],
): Promise<Content> {
  const ffmpeg = await ffmpegOr(log);
  const transcoder = new FfmpegTranscoder(ffmpeg);
  opened.push(() => transcoder.close());
  const files =
    config.media.kind === 's3'
      ? await MediaBucket.open(config.data, config.media)
      : await MediaFolder.open(config.data);
  const book = new UploadBook({ uploads: db.uploads, operators, clock });
  const library = new MediaLibrary({ files, transcoder, media: db.media, book, clock });
  const maker = new ChildPictureMaker(() => builtProgram('picture-maker-child.mjs'));
  opened.push(() => maker.close());
  const pictures = new PictureLibrary({ files, maker, pictures: db.pictures, book, clock });
  const desk = new LibraryDesk({ db, files, uses: new MediaUses({ db, shelf, clock }), clock, log });
  opened.push(() => desk.stop());
  const engines = await openSpeech(config.speech, ffmpeg);
  const speech = new SpeechDesk({ engines, library, said: db.speech, clock });
  return { library, pictures, desk, speech, previews: openPreviews(files, { clock, log }, opened) };
}
