import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, link, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ReportEvent } from '../../../firmware-protocol/content/report.ts';

export type Quarantined = Extract<ReportEvent, { type: 'quarantined' }>;

/** Evidence that is kept, newest first; older goes, so that a dying card does not fill itself with its own dead. */
const KEPT_ITEMS = 8;
/** SQLite keeps what was committed last in `-wal`; both are evidence, `-shm` is not. */
const COMPANIONS = ['-wal'];

/** The folder beside the store where evidence of damage lies, under a number, the time and its name. */
export class Quarantine {
  readonly #folder: string;
  readonly #wall: () => number;

  constructor(folder: string, wall: () => number) {
    this.#folder = folder;
    this.#wall = wall;
  }

  /**
   * Keeps a damaged file, with its companions, as it is now. It stays where it was as well, so that a power cut
   * before its successor is ready finds it again; what is no file (a folder of that name) is moved away. A file that
   * is missing is told as one of no bytes.
   */
  async keepFile(path: string): Promise<{ path: string; event: Quarantined }> {
    const to = await this.#place(basename(path));
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined) await link(path, to).catch(() => rename(path, to));
    for (const companion of COMPANIONS) await copyFile(path + companion, to + companion).catch(() => {});
    return { path: to, event: await describe(basename(path), to) };
  }

  /** Keeps a text that is not what was written. */
  async keepText(name: string, text: string): Promise<Quarantined> {
    const to = await this.#place(name.replaceAll('/', '-'));
    await writeFile(to, text);
    return describe(name, to);
  }

  /** Gives `read` a copy, so that reading, which in SQLite may write, leaves the evidence as it was. */
  async readCopy<T>(path: string, read: (copy: string) => Promise<T>): Promise<T> {
    const copy = join(this.#folder, 'scratch.db');
    await removeDatabase(copy);
    // Without room for a copy `read` finds nothing: less is salvaged, but the box starts.
    for (const end of ['', ...COMPANIONS]) await copyFile(path + end, copy + end).catch(() => {});
    try {
      return await read(copy);
    } finally {
      await removeDatabase(copy);
    }
  }

  async #place(name: string): Promise<string> {
    await mkdir(this.#folder, { recursive: true });
    const held = (await readdir(this.#folder)).filter((each) => !each.endsWith('-wal')).sort();
    for (const old of held.slice(0, Math.max(0, held.length - KEPT_ITEMS + 1)))
      for (const end of ['', ...COMPANIONS])
        await rm(join(this.#folder, old + end), { force: true, recursive: true });
    // Numbered, not only dated: the clock may say 1970 at each start.
    const last = Number(/^\d+/.exec(held.at(-1) ?? '')?.[0] ?? 0);
    const number = String(last + 1).padStart(6, '0');
    const time = new Date(this.#wall()).toISOString().replace(/[:.]/g, '-');
    return join(this.#folder, `${number}-${time}-${name}`);
  }
}

/** Removes a database with its companions, or whatever else lies there. */
export async function removeDatabase(path: string): Promise<void> {
  for (const end of ['-wal', '-shm', '']) await rm(path + end, { force: true, recursive: true });
}

async function describe(what: string, path: string): Promise<Quarantined> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) return { type: 'quarantined', what, bytes: 0 };
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk);
  return { type: 'quarantined', what, bytes: found.size, sha256: hash.digest('hex') };
}
