import { PICTURE_UPLOAD_LIMITS, PictureInfo } from '../../firmware-protocol/http/picture.ts';
import type { Clock, MediaFiles, PictureMaker } from '../ports.ts';
import type { Upload } from './media-library.ts';
import type { PictureTable } from './media-tables.ts';
import { titleOf } from './media-title.ts';
import type { UploadBook } from './upload-book.ts';
import { UploadQueue } from './upload-queue.ts';

/** A second each: one at a time, in a queue of their own, so that no picture waits for an hour of sound. */
const PICTURE_QUEUE = { waiting: 8, waitingOfOne: 4 } as const;

interface Needs {
  files: MediaFiles;
  maker: PictureMaker;
  pictures: PictureTable;
  book: Pick<UploadBook, 'enter'>;
  clock: Pick<Clock, 'wall'>;
}

/** Pictures that operators uploaded: made small and harmless once, then named by their SHA-256 and never changed. */
export class PictureLibrary {
  readonly #needs: Needs;
  readonly #queue = new UploadQueue(PICTURE_QUEUE);

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /**
   * Resolves when the picture is on the disk and in the library. Rejects `upload-*`, `picture-*`, `disk-full`, `busy`;
   * then nothing of it is left.
   */
  add({ chunks, fileName, by }: Omit<Upload, 'onProgress'>): Promise<PictureInfo> {
    const { files } = this.#needs;
    return this.#queue.enter(by, async () => {
      const uploaded = await files.receive(chunks, PICTURE_UPLOAD_LIMITS.bytes);
      try {
        const picture = await this.#queue.inTurn(() => this.#prepare(uploaded, fileName, by));
        await this.#needs.book.enter({ ...picture, title: titleOf(fileName) }, 'picture', by);
        return picture;
      } finally {
        await files.discard(uploaded);
      }
    });
  }

  info(sha256: string): Promise<PictureInfo | undefined> {
    return this.#needs.pictures.get(sha256);
  }

  async #prepare(uploaded: string, fileName: string, by: string): Promise<PictureInfo> {
    const { files, maker, pictures, clock } = this.#needs;
    const prepared = await files.scratch();
    try {
      const made = await maker.prepare(uploaded, prepared);
      const { sha256, bytes } = await files.keep(prepared);
      const info = PictureInfo.parse({ ...made, sha256, bytes, title: titleOf(fileName) });
      // The file before the row: a row without its file would be promised to villages.
      await pictures.put({ ...info, uploadedBy: by, uploadedAt: clock.wall() });
      return (await pictures.get(sha256)) ?? info;
    } finally {
      await files.discard(prepared);
    }
  }
}
