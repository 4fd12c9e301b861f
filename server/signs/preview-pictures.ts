import { ANNOUNCEMENT_LIMITS } from '../../firmware-protocol/content/announcement.ts';
import type { MediaFiles } from '../ports.ts';

/** Files kept for who goes on typing. */
const KEPT = 32;

interface Lent {
  path: Promise<string | undefined>;
  users: number;
}

type Files = Pick<MediaFiles, 'size' | 'read' | 'receive' | 'discard'>;

/** Pictures of the library as files that the painter can read, wherever the library keeps them. */
export class PreviewPictures {
  readonly #files: Files;
  readonly #lent = new Map<string, Lent>();

  constructor(files: Files) {
    this.#files = files;
  }

  /** Lends the file while `work` goes on; undefined = the library has lost it. */
  async lend<T>(sha256: string, work: (path: string | undefined) => Promise<T>): Promise<T> {
    const lent = this.#lent.get(sha256) ?? { path: this.#fetch(sha256), users: 0 };
    this.#lent.delete(sha256);
    this.#lent.set(sha256, lent);
    lent.users += 1;
    try {
      const path = await lent.path.catch((error: unknown) => {
        this.#lent.delete(sha256);
        throw error;
      });
      // It may come back.
      if (path === undefined) this.#lent.delete(sha256);
      return await work(path);
    } finally {
      lent.users -= 1;
      await this.#forgetOldest();
    }
  }

  async close(): Promise<void> {
    for (const [sha256, lent] of this.#lent) await this.#forget(sha256, lent);
  }

  async #fetch(sha256: string): Promise<string | undefined> {
    const size = await this.#files.size(sha256);
    if (size === undefined) return undefined;
    return this.#files.receive(this.#files.read(sha256, 0, size - 1), ANNOUNCEMENT_LIMITS.pictureBytes);
  }

  async #forgetOldest(): Promise<void> {
    for (const [sha256, lent] of this.#lent) {
      if (this.#lent.size <= KEPT) break;
      if (lent.users === 0) await this.#forget(sha256, lent);
    }
  }

  async #forget(sha256: string, lent: Lent): Promise<void> {
    this.#lent.delete(sha256);
    const path = await lent.path.catch(() => undefined);
    if (path !== undefined) await this.#files.discard(path);
  }
}
