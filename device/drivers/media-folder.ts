import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { appendFile, mkdir, open, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeviceError } from '../errors.ts';
import { type HeldFile, toEvict } from '../media/eviction.ts';
import type { Clock, MediaStore } from '../ports.ts';
import { syncFolder } from './atomic-file.ts';
import { diskError } from './disk-error.ts';

export const MEDIA_LIMITS = {
  /** About 2,000 announcements of 1 MB; the smallest card has 8 GB. */
  budgetBytes: 2 * 1024 * 1024 * 1024,
  /** A file used so lately may be playing, or may be a download that goes on. */
  inUse_ms: 3_600_000,
} as const;

export interface MediaFolderParts {
  folder: string;
  /** Orders the files by their last use. */
  clock: Pick<Clock, 'wall'>;
  budgetBytes?: number;
  /** Hashes that must stay: what accepted orders and programmes name. */
  needed?: () => Iterable<string>;
  /** A file was not what its name says, torn or rotten: it is gone now and can be fetched again. */
  damaged?: (found: { what: string; bytes: number; sha256: string }) => void;
}

/** `<folder>/<sha256>` for whole files, `<sha256>.part` while they come. */
export class MediaFolder implements MediaStore {
  readonly #parts: MediaFolderParts;
  /** What was hashed in this process, as size and change time: reading 60 MB before each play would cost seconds. */
  readonly #verified = new Map<string, string>();

  constructor(parts: MediaFolderParts) {
    this.#parts = parts;
  }

  async path(sha256: string): Promise<string | undefined> {
    const path = this.#whole(sha256);
    const found = await statOf(path);
    if (found === undefined) return undefined;
    const stamp = `${found.size}/${found.mtimeMs}`;
    if (this.#verified.get(sha256) !== stamp) {
      const actual = await hashOfFile(path);
      if (actual !== sha256) {
        await rm(path, { force: true });
        this.#parts.damaged?.({ what: `media/${sha256}`, bytes: found.size, sha256: actual });
        return undefined;
      }
      this.#verified.set(sha256, stamp);
    }
    // Only the time of use is noted; when even that fails (a read-only card) the file still plays.
    await utimes(path, this.#parts.clock.wall() / 1_000, found.mtime).catch(() => {});
    return path;
  }

  async partial(sha256: string): Promise<number> {
    return (await statOf(this.#partial(sha256)))?.size ?? 0;
  }

  /** Rejects `store-full` (after letting go of what is needed least, so that the next try may fit) or `store-failed`. */
  async append(sha256: string, chunk: Uint8Array): Promise<void> {
    try {
      await mkdir(this.#parts.folder, { recursive: true });
      await appendFile(this.#partial(sha256), chunk);
    } catch (cause) {
      const error = diskError(cause, { sha256 });
      if (isDeviceError(error, 'store-full')) await this.#evict((held) => held - chunk.length);
      throw error;
    }
  }

  async finish(sha256: string): Promise<string | undefined> {
    const partial = this.#partial(sha256);
    const file = await open(partial, 'r+').catch(() => undefined);
    if (file === undefined) return undefined;
    try {
      if ((await hashOfFile(partial)) !== sha256) {
        await this.discard(sha256);
        return undefined;
      }
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, this.#whole(sha256));
    await syncFolder(this.#parts.folder);
    const path = await this.path(sha256);
    await this.#evict(() => this.#parts.budgetBytes ?? MEDIA_LIMITS.budgetBytes);
    return path;
  }

  async discard(sha256: string): Promise<void> {
    await rm(this.#partial(sha256), { force: true });
  }

  /** `budget` is given the bytes held now. */
  async #evict(budget: (held: number) => number): Promise<void> {
    const { folder, clock } = this.#parts;
    const needed = new Set(this.#parts.needed?.() ?? []);
    const youngest = clock.wall() - MEDIA_LIMITS.inUse_ms;
    const files = await this.#held();
    const held = files.reduce((sum, file) => sum + file.bytes, 0);
    const evicted = toEvict(
      files,
      budget(held),
      ({ name, usedAt }) => usedAt > youngest || needed.has(name.slice(0, 64)),
    );
    await Promise.all(evicted.map((name) => rm(join(folder, name), { force: true })));
  }

  async #held(): Promise<HeldFile[]> {
    const names = await readdir(this.#parts.folder);
    const files = await Promise.all(
      names.map(async (name) => {
        const found = await statOf(join(this.#parts.folder, name));
        const usedAt = Math.max(found?.atimeMs ?? 0, found?.mtimeMs ?? 0);
        return { name, bytes: found?.size ?? 0, usedAt };
      }),
    );
    return files;
  }

  #whole(sha256: string): string {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new TypeError(`not a SHA-256: ${sha256}`);
    return join(this.#parts.folder, sha256);
  }

  #partial(sha256: string): string {
    return `${this.#whole(sha256)}.part`;
  }
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
