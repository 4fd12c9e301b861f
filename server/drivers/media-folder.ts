import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ServerError } from '../errors.ts';
import type { MediaFiles } from '../ports.ts';

const FOLDERS = { whole: 'media', scratch: 'media-scratch' } as const;

/** What the disk says, in the words of the server. */
const DISK_ERRORS: Record<string, 'disk-full'> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
};

/** `<data>/media/<sha256>` for whole files; uploads and half-made files lie in `<data>/media-scratch`, without a name. */
export class MediaFolder implements MediaFiles {
  readonly #whole: string;
  readonly #scratch: string;

  private constructor(data: string) {
    this.#whole = join(data, FOLDERS.whole);
    this.#scratch = join(data, FOLDERS.scratch);
  }

  /** Makes the folders, and clears what a power cut left in the scratch one: nobody waits for it any more. */
  static async open(data: string): Promise<MediaFolder> {
    const folder = new MediaFolder(data);
    await mkdir(folder.#whole, { recursive: true, mode: 0o750 });
    await mkdir(folder.#scratch, { recursive: true, mode: 0o750 });
    for (const left of await readdir(folder.#scratch)) await rm(join(folder.#scratch, left), { force: true });
    return folder;
  }

  async receive(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
    const path = await this.scratch();
    const file = await open(path, 'wx', 0o640);
    try {
      await writeAll(file, chunks, maxBytes);
      return path;
    } catch (error) {
      await this.discard(path);
      throw asServerError(error);
    } finally {
      await file.close();
    }
  }

  /** Without an extension: ffmpeg must judge a file by its bytes alone. */
  async scratch(): Promise<string> {
    return join(this.#scratch, randomUUID());
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
      throw asServerError(error);
    } finally {
      await file.close();
    }
  }

  async discard(scratch: string): Promise<void> {
    await rm(scratch, { force: true });
  }

  async size(sha256: string): Promise<number | undefined> {
    return stat(this.#path(sha256)).then(
      ({ size }) => size,
      () => undefined,
    );
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

async function writeAll(
  file: FileHandle,
  chunks: AsyncIterable<Uint8Array>,
  maxBytes: number,
): Promise<void> {
  let bytes = 0;
  for await (const chunk of sent(chunks)) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw new ServerError('upload-too-large', { context: { limit: maxBytes } });
    await file.writeFile(chunk);
  }
  if (bytes === 0) throw new ServerError('upload-empty');
}

/** Whatever breaks on the way here is the sender's or the network's, not the disk's. */
async function* sent(chunks: AsyncIterable<Uint8Array>): AsyncIterable<Uint8Array> {
  try {
    yield* chunks;
  } catch (cause) {
    throw new ServerError('upload-cut', { cause });
  }
}

async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
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

function asServerError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = DISK_ERRORS[String(error.code)];
  return code === undefined ? error : new ServerError(code, { cause: error });
}
