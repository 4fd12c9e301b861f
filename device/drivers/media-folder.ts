import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import {
  appendFile,
  type FileHandle,
  mkdir,
  open,
  readdir,
  rename,
  rm,
  stat,
  statfs,
  utimes,
} from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock, HeldMedia, MediaStore } from '../ports.ts';
import { syncFolder } from './atomic-file.ts';
import { diskError, errnoOf } from './disk-error.ts';

export interface MediaFolderParts {
  folder: string;
  /** Orders the files by their last use. */
  clock: Pick<Clock, 'wall'>;
  /** A file was not what its name says, torn or rotten: it is gone now and can be fetched again. */
  damaged?: (found: { what: string; bytes: number; sha256: string }) => void;
}

const OURS = /^([0-9a-f]{64})(\.part|\.copy)?$/;

/** `<folder>/<sha256>` for whole files, `.part` while they are fetched, `.copy` while they are taken from elsewhere. */
export class MediaFolder implements MediaStore {
  readonly #parts: MediaFolderParts;
  /** What was hashed in this process, as size and change time: reading 60 MB before each play would cost seconds. */
  readonly #verified = new Map<string, string>();
  /** Copies under way in this process; another one is what a power cut left. */
  readonly #copying = new Set<string>();

  constructor(parts: MediaFolderParts) {
    this.#parts = parts;
  }

  async path(sha256: string): Promise<string | undefined> {
    const path = this.#whole(sha256);
    const found = await statOf(path);
    if (found === undefined) return undefined;
    const stamp = `${found.size}/${found.mtimeMs}`;
    if (this.#verified.get(sha256) !== stamp && !(await this.#verify(sha256, found.size))) return undefined;
    this.#verified.set(sha256, stamp);
    // Only the time of use is noted; when even that fails (a read-only card) the file still plays.
    await utimes(path, this.#parts.clock.wall() / 1_000, found.mtime).catch(() => {});
    return path;
  }

  async partial(sha256: string): Promise<number> {
    return (await statOf(this.#partial(sha256)))?.size ?? 0;
  }

  async append(sha256: string, chunk: Uint8Array): Promise<void> {
    await this.#onDisk(async () => {
      await mkdir(this.#parts.folder, { recursive: true });
      await appendFile(this.#partial(sha256), chunk);
    });
  }

  async finish(sha256: string): Promise<string | undefined> {
    const partial = this.#partial(sha256);
    const file = await open(partial, 'r+').catch(() => undefined);
    if (file === undefined) return undefined;
    return this.#onDisk(async () => {
      try {
        if ((await hashOfFile(partial)) === sha256) await file.sync();
        else return void (await this.discard(sha256));
      } finally {
        await file.close();
      }
      return this.#keep(partial, sha256);
    });
  }

  async discard(sha256: string): Promise<void> {
    await rm(this.#partial(sha256), { force: true });
  }

  async adopt(sha256: string, chunks: AsyncIterable<Uint8Array>): Promise<string | undefined> {
    const copy = `${this.#whole(sha256)}.copy`;
    this.#copying.add(sha256);
    try {
      const isRight = await this.#onDisk(async () => {
        await mkdir(this.#parts.folder, { recursive: true });
        return (await written(copy, chunks)) === sha256;
      });
      if (!isRight) return undefined;
      const path = await this.#onDisk(() => this.#keep(copy, sha256));
      await this.discard(sha256);
      return path;
    } finally {
      this.#copying.delete(sha256);
      await rm(copy, { force: true }).catch(() => {});
    }
  }

  async held(): Promise<HeldMedia[]> {
    const names = await this.#onDisk(() => readdir(this.#parts.folder)).catch((error: unknown) => {
      if (errnoOf(error instanceof Error ? error.cause : error) === 'ENOENT') return [];
      throw error;
    });
    return Promise.all(names.map((name) => this.#heldFile(name)));
  }

  async remove(name: string): Promise<void> {
    await this.#onDisk(() => rm(join(this.#parts.folder, name), { force: true, recursive: true }));
  }

  async freeBytes(): Promise<number | undefined> {
    // Before the first file the folder is not there, but what it lies in is.
    const found = await statfs(this.#parts.folder).catch(() => statfs(join(this.#parts.folder, '..')));
    return found.bavail * found.bsize;
  }

  async #heldFile(name: string): Promise<HeldMedia> {
    const found = await stat(join(this.#parts.folder, name)).catch(() => undefined);
    const [, hash = '', end] = OURS.exec(name) ?? [];
    const sha256 = end === '.copy' && !this.#copying.has(hash) ? '' : hash;
    const usedAt = Math.max(found?.atimeMs ?? 0, found?.mtimeMs ?? 0);
    return { name, sha256, bytes: found?.size ?? 0, isWhole: hash !== '' && end === undefined, usedAt };
  }

  /** Whether the file is what its name says. One that is not goes; one that cannot be read now is only not given. */
  async #verify(sha256: string, bytes: number): Promise<boolean> {
    const path = this.#whole(sha256);
    const actual = await hashOfFile(path).catch((error: unknown) => {
      if (errnoOf(error) === 'EIO' || errnoOf(error) === 'ENOENT') return undefined;
      throw diskError(error, { sha256 });
    });
    if (actual === undefined || actual === sha256) return actual === sha256;
    await rm(path, { force: true }).catch(() => {});
    this.#parts.damaged?.({ what: `media/${sha256}`, bytes, sha256: actual });
    return false;
  }

  async #keep(from: string, sha256: string): Promise<string | undefined> {
    await rename(from, this.#whole(sha256));
    await syncFolder(this.#parts.folder);
    return this.path(sha256);
  }

  async #onDisk<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      throw diskError(error, { folder: this.#parts.folder });
    }
  }

  #whole(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`not a SHA-256: ${sha256}`);
    return join(this.#parts.folder, sha256);
  }

  #partial(sha256: string): string {
    return `${this.#whole(sha256)}.part`;
  }
}

/** Writes and syncs `path`; resolves to the hash of what was written. */
async function written(path: string, chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  const file: FileHandle = await open(path, 'w');
  try {
    for await (const chunk of chunks) {
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) hash.update(chunk);
  return hash.digest('hex');
}

async function statOf(path: string) {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() ? found : undefined;
}
