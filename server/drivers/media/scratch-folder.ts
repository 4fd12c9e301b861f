import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ServerError } from '../../errors.ts';

const FOLDER = 'media-scratch';

/** What the disk says, in the words of the server. */
const DISK_ERRORS: Record<string, 'disk-full'> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EFBIG: 'disk-full',
};

/** What every store of media has on the server's own disk: uploads and half-made files, in `<data>/media-scratch`, without a name. */
export class ScratchFolder {
  readonly #path: string;

  constructor(data: string) {
    this.#path = join(data, FOLDER);
  }

  /** Makes the folder, and clears what a power cut left in it: nobody waits for it any more. */
  async prepare(): Promise<void> {
    await mkdir(this.#path, { recursive: true, mode: 0o750 });
    for (const left of await readdir(this.#path)) await rm(join(this.#path, left), { force: true });
  }

  /** Writes an upload; rejects `upload-empty`, `upload-too-large`, `upload-cut`, `disk-full`. */
  async receive(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string> {
    const path = await this.scratch();
    const file = await open(path, 'wx', 0o640);
    try {
      await writeAll(file, chunks, maxBytes);
      return path;
    } catch (error) {
      await this.discard(path);
      throw diskError(error);
    } finally {
      await file.close();
    }
  }

  /** Without an extension: ffmpeg must judge a file by its bytes alone. */
  async scratch(): Promise<string> {
    return join(this.#path, randomUUID());
  }

  async discard(path: string): Promise<void> {
    await rm(path, { force: true });
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

export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return hash.digest('hex');
}

/** What a disk refuses, in the words of the server; anything else as it is. */
export function diskError(error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  const code = DISK_ERRORS[String(error.code)];
  return code === undefined ? error : new ServerError(code, { cause: error });
}
