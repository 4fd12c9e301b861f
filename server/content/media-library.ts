import { MediaInfo, UPLOAD_LIMITS } from '../../firmware-protocol/http/media.ts';
import { ServerError } from '../errors.ts';
import type { Clock, MediaFiles, Transcoder } from '../ports.ts';
import type { MediaTable } from '../tables.ts';
import { titleOf } from './media-title.ts';

/** Preparing takes a processor for a minute an hour of sound: one at a time, and a short queue. */
export const LIBRARY_LIMITS = {
  waiting: 8,
  /** A slow sender, or a stolen password, keeps nobody else from uploading. */
  waitingOfOne: 4,
} as const;

interface Needs {
  files: MediaFiles;
  transcoder: Transcoder;
  media: MediaTable;
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
  /** From 0 to 1, never backwards. */
  onProgress?: (done: number) => void;
}

/** Sound that operators uploaded: transcoded once, then named by its SHA-256 and never changed. */
export class MediaLibrary {
  readonly #needs: Needs;
  #turn: Promise<unknown> = Promise.resolve();
  /** Who sent what is being received or waits to be prepared. */
  readonly #waiting: string[] = [];

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Resolves when the sound is on the disk and in the library. Rejects `upload-*`, `transcoder-*`, `disk-full`, `busy`;
   * then nothing of it is left.
   */
  async add({ chunks, fileName, by, onProgress = () => {} }: Upload): Promise<MediaInfo> {
    const { files, maxBytes = UPLOAD_LIMITS.bytes } = this.#needs;
    const own = this.#waiting.filter((each) => each === by).length;
    if (this.#waiting.length >= LIBRARY_LIMITS.waiting || own >= LIBRARY_LIMITS.waitingOfOne)
      throw new ServerError('busy');
    this.#waiting.push(by);
    try {
      const uploaded = await files.receive(chunks, maxBytes);
      try {
        return await this.#inTurn(() => this.#prepare(uploaded, fileName, by, onProgress));
      } finally {
        await files.discard(uploaded);
      }
    } finally {
      this.#waiting.splice(this.#waiting.indexOf(by), 1);
    }
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
      const { ms, loudnessClufs } = await transcoder.prepare(uploaded, prepared, onProgress);
      const { sha256, bytes } = await files.keep(prepared);
      const info = MediaInfo.parse({
        sha256,
        bytes,
        ms,
        title: titleOf(fileName),
        loudness_clufs: loudnessClufs,
      });
      // The file before the row: a row without its file would be promised to villages.
      await media.put({ ...info, uploadedBy: by, uploadedAt: clock.wall() });
      return (await media.get(sha256)) ?? info;
    } finally {
      await files.discard(prepared);
    }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => {});
    return done;
  }
}

/** Three hours are refused by what the file says of itself; who lies is found out by listening. */
function refuseTooLong(ms: number | undefined): void {
  if (ms === undefined || ms <= UPLOAD_LIMITS.ms) return;
  const context = { minutes: Math.round(ms / 60_000), limit: UPLOAD_LIMITS.ms / 60_000 };
  throw new ServerError('upload-too-long', { context });
}
