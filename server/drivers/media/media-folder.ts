import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { MediaFiles } from '../../ports.ts';
import { diskError, hashOf, ScratchFolder } from './scratch-folder.ts';

const FOLDER = 'media';

/** `<data>/media/<sha256>` for whole files. */
export class MediaFolder extends ScratchFolder implements MediaFiles {
  readonly #whole: string;

  private constructor(data: string) {
    super(data);
    this.#whole = join(data, FOLDER);
  }

  static async open(data: string): Promise<MediaFolder> {
    const folder = new MediaFolder(data);
    await folder.prepare();
    await mkdir(folder.#whole, { recursive: true, mode: 0o750 });
    return folder;
  }

  /** To read beside a running server: what is half-made there is left alone. */
  static beside(data: string): MediaFolder {
    return new MediaFolder(data);
  }

  async keep(scratch: string): Promise<{ sha256: string; bytes: number }> {
    const sha256 = await hashOf(scratch);
    const file = await open(scratch, 'r');
    try {
      await file.sync();
      const { size: bytes } = await file.stat();
      await rename(scratch, this.#path(sha256));
      await syncFolder(this.#whole);
      return { sha256, bytes };
    } catch (error) {
      throw diskError(error);
    } finally {
      await file.close();
    }
  }

  async size(sha256: string): Promise<number | undefined> {
    return stat(this.#path(sha256)).then(
      ({ size }) => size,
      () => undefined,
    );
  }

  async remove(sha256: string): Promise<void> {
    await rm(this.#path(sha256), { force: true });
  }

  read(sha256: string, from: number, to: number): AsyncIterable<Uint8Array> {
    return createReadStream(this.#path(sha256), { start: from, end: to });
  }

  #path(sha256: string): string {
    // Callers have parsed it as a hash; a path must not depend on that.
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`not a SHA-256: ${sha256}`);
    return join(this.#whole, sha256);
  }
}

/** The name of a renamed file is durable only with its folder. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
