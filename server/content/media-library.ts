import { MediaInfo, UPLOAD_LIMITS } from '../../firmware-protocol/http/media.ts';
import { ServerError } from '../errors.ts';
import type { Clock, MediaFiles, Transcoder } from '../ports.ts';
import type { MediaTable } from './media-tables.ts';
import { titleOf } from './media-title.ts';
import type { UploadBook } from './upload-book.ts';
import { UploadQueue } from './upload-queue.ts';

/** Preparing takes a processor for a minute an hour of sound: one at a time, and a short queue. */
export const LIBRARY_LIMITS = { waiting: 8, waitingOfOne: 4 } as const;

interface Needs {
  files: MediaFiles;
  transcoder: Transcoder;
  media: MediaTable;
  book: Pick<UploadBook, 'enter'>;
  clock: Pick<Clock, 'wall'>;
  /** Of an upload; UPLOAD_LIMITS unless a test says otherwise. */
  maxBytes?: number;
}

export interface Upload {
  chunks: AsyncIterable<Uint8Array>;
  /** As the sender calls it; only its title is made of this. */
  fileName: string;
  /** The operator. */
  by: string;
  /** What a voice of the server said. */
  isSpeech?: boolean;
  /** From 0 to 1, never backwards. */
  onProgress?: (done: number) => void;
}

/** Sound that operators uploaded: transcoded once, then named by its SHA-256 and never changed. */
export class MediaLibrary {
  readonly #needs: Needs;
  readonly #queue = new UploadQueue(LIBRARY_LIMITS);

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Resolves when the sound is on the disk and in the library. Rejects `upload-*`, `transcoder-*`, `disk-full`, `busy`;
   * then nothing of it is left.
   */
  add({ chunks, fileName, by, isSpeech = false, onProgress = () => {} }: Upload): Promise<MediaInfo> {
    const { files, maxBytes = UPLOAD_LIMITS.bytes } = this.#needs;
    return this.#queue.enter(by, async () => {
      const uploaded = await files.receive(chunks, maxBytes);
      try {
        const media = await this.#queue.inTurn(() => this.#prepare(uploaded, fileName, by, onProgress));
        await this.#needs.book.enter(
          { ...media, title: titleOf(fileName) },
          isSpeech ? 'speech' : 'sound',
          by,
        );
        return media;
      } finally {
        await files.discard(uploaded);
      }
    });
  }

  /** Speech that was made before is its asker's too. */
  said(media: MediaInfo, by: string): Promise<void> {
    return this.#needs.book.enter(media, 'speech', by);
  }

  info(sha256: string): Promise<MediaInfo | undefined> {
    return this.#needs.media.get(sha256);
  }

  /** Bytes of a file of the library; undefined = there is none of this name. */
  size(sha256: string): Promise<number | undefined> {
    return this.#needs.files.size(sha256);
  }

  read(sha256: string, from: number, to: number): AsyncIterable<Uint8Array> {
    return this.#needs.files.read(sha256, from, to);
  }

  async #prepare(
    uploaded: string,
    fileName: string,
    by: string,
    onProgress: (done: number) => void,
  ): Promise<MediaInfo> {
    const { files, transcoder, media, clock } = this.#needs;
    refuseTooLong((await transcoder.probe(uploaded)).ms);
    const prepared = await files.scratch();
    try {
      const { ms, loudnessClufs, source } = await transcoder.prepare(uploaded, prepared, onProgress);
      const { sha256, bytes } = await files.keep(prepared);
      const info = MediaInfo.parse({
        sha256,
        bytes,
        ms,
        title: titleOf(fileName),
        loudness_clufs: loudnessClufs,
        source_clufs: source.clufs,
        source_peak_cdb: source.peakCdb,
      });
      // The file before the row: a row without its file would be promised to villages.
      await media.put({ ...info, uploadedBy: by, uploadedAt: clock.wall() });
      return (await media.get(sha256)) ?? info;
    } finally {
      await files.discard(prepared);
    }
  }
}

/** Three hours are refused by what the file says of itself; who lies is found out by listening. */
function refuseTooLong(ms: number | undefined): void {
  if (ms === undefined || ms <= UPLOAD_LIMITS.ms) return;
  const context = { minutes: Math.round(ms / 60_000), limit: UPLOAD_LIMITS.ms / 60_000 };
  throw new ServerError('upload-too-long', { context });
}
