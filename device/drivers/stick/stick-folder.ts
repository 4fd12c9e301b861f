import { constants } from 'node:fs';
import { type FileHandle, lstat, mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { STICK, STICK_FOLDER, type StickKind } from '../../../firmware-protocol/stick/layout.ts';
import { DeviceError } from '../../errors.ts';
import type { Stick } from '../../sideload/stick.ts';
import { syncFolder } from '../atomic-file.ts';
import { errnoOf } from '../disk-error.ts';

const CHUNK_BYTES = 256 * 1024;
/** Without O_NONBLOCK a named pipe would be waited for; without O_NOFOLLOW a link could show us any file of the box. */
const SAFELY = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;

/** A folder with `prakat/` in it: a mounted stick, or a copy of one. */
export class StickFolder implements Stick {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  async list(kind: StickKind): Promise<{ files: string[]; strange: string[] }> {
    const { name, maxFiles, path } = STICK[kind];
    const below = path.includes('/') ? `${kind}/` : '';
    const names = await this.#namesIn(below);
    // What a computer leaves on every stick (`._a.json`, `.DS_Store`) is nobody's mistake.
    const seen = names.filter((each) => !each.startsWith('.')).sort();
    const files = seen.filter((each) => name.test(each)).slice(0, maxFiles);
    const strange = below === '' ? [] : seen.filter((each) => !name.test(each));
    return { files: files.map((each) => below + each), strange: strange.map((each) => below + each) };
  }

  async size(name: string): Promise<number> {
    return this.#with(name, async (_file, bytes) => bytes);
  }

  async read(name: string, maxBytes: number): Promise<Uint8Array> {
    return this.#with(name, async (file, bytes) => {
      if (bytes > maxBytes) throw refused(name, 'too-large', { bytes, maxBytes });
      const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
      if (bytesRead < bytes) throw refused(name, 'unreadable', { bytes, bytesRead });
      return buffer;
    });
  }

  async *chunks(name: string, maxBytes: number): AsyncGenerator<Uint8Array> {
    const file = await this.#open(name);
    try {
      for (let at = 0; at <= maxBytes; ) {
        const length = Math.min(CHUNK_BYTES, maxBytes + 1 - at);
        const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at);
        if (bytesRead === 0) return;
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } catch (error) {
      throw unreadable(name, error);
    } finally {
      await file.close().catch(() => {});
    }
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await this.fill(name, (file) => file.writeFile(bytes));
  }

  /** A file that is there whole or not at all: `fill` writes it, and what it rejects with leaves nothing behind. */
  async fill(name: string, fill: (file: FileHandle) => Promise<void>): Promise<void> {
    const path = join(this.folder, STICK_FOLDER, name);
    const beside = `${path}.new`;
    try {
      await this.#makeFolderFor(name);
      // Whoever had the stick before may have left a link to a file of ours in this place, or a pipe.
      await rm(beside, { force: true });
      // FAT knows no modes, and refuses to be told one: so not as files of our own are replaced.
      const file = await open(beside, 'wx');
      try {
        await fill(file);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(beside, path);
      await syncFolder(dirname(path));
    } catch (error) {
      await rm(beside, { force: true }).catch(() => {});
      throw unreadable(name, error);
    }
  }

  /** Looked at before it is made: below a link it would be made elsewhere. */
  async #makeFolderFor(name: string): Promise<void> {
    await this.#refuseLinks(name).catch((error: unknown) => {
      if (errnoOf(error) !== 'ENOENT') throw error;
    });
    await mkdir(dirname(join(this.folder, STICK_FOLDER, name)), { recursive: true });
  }

  async #namesIn(below: string): Promise<string[]> {
    try {
      await this.#refuseLinks(`${below}x`);
      return await readdir(join(this.folder, STICK_FOLDER, below));
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return [];
      throw unreadable(below, error);
    }
  }

  async #with<T>(name: string, work: (file: FileHandle, bytes: number) => Promise<T>): Promise<T> {
    const file = await this.#open(name);
    try {
      return await work(file, (await file.stat()).size);
    } catch (error) {
      throw unreadable(name, error);
    } finally {
      await file.close().catch(() => {});
    }
  }

  async #open(name: string): Promise<FileHandle> {
    try {
      await this.#refuseLinks(name);
      const file = await open(join(this.folder, STICK_FOLDER, name), SAFELY);
      if ((await file.stat()).isFile()) return file;
      await file.close();
    } catch (error) {
      throw errnoOf(error) === 'ELOOP' ? refused(name, 'no-file', {}) : unreadable(name, error);
    }
    throw refused(name, 'no-file', {});
  }

  /** `prakat` and the folders in it are folders of the stick itself. */
  async #refuseLinks(name: string): Promise<void> {
    let path = this.folder;
    for (const part of [STICK_FOLDER, ...name.split('/').slice(0, -1)]) {
      path = join(path, part);
      if (!(await lstat(path)).isDirectory()) throw refused(name, 'no-file', { path });
    }
  }
}

function refused(name: string, reason: string, context: Record<string, unknown>): DeviceError {
  return new DeviceError('stick-unreadable', { name, reason, ...context });
}

/** A stick that was pulled, torn or is write-protected: whatever the system calls it. */
function unreadable(name: string, error: unknown): unknown {
  const errno = errnoOf(error);
  if (error instanceof DeviceError || errno === undefined) return error;
  return new DeviceError('stick-unreadable', { name, reason: 'unreadable', errno }, error);
}
