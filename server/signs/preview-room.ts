import { createHash } from 'node:crypto';
import type { Page } from '../../firmware-protocol/content/announcement.ts';
import type { Band } from '../../firmware-protocol/content/band.ts';
import type { SignFace } from '../../firmware-protocol/mqtt/sign-screen.ts';
import { isServerError } from '../errors.ts';
import type { PreviewPictures } from './preview-pictures.ts';
import type { PreviewedPage, PreviewJob, SignPainter } from './sign-painter.ts';

export const PREVIEW_CACHE = {
  /** Who types in one page of several has the others from here. */
  bytes: 16 * 1024 * 1024,
} as const;

/** As the painter says that it was given no file. */
const LOST = 'media-unreachable';

interface Needs {
  painter: SignPainter;
  pictures: Pick<PreviewPictures, 'lend'>;
}

/** Pages painted for people, each as the halls with such a sign will show it. */
export class PreviewRoom {
  readonly #needs: Needs;
  readonly #kept = new Map<string, Promise<PreviewedPage>>();
  readonly #bytes = new Map<string, number>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Rejects as `SignPainter.paint`. */
  paint(asked: { face: SignFace; page: Page; band: Band }, by: string): Promise<PreviewedPage> {
    const key = createHash('sha256').update(JSON.stringify(asked)).digest('base64');
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      return kept;
    }
    const painted = this.#paint(asked, by);
    this.#kept.set(key, painted);
    painted.then(
      (page) => this.#keep(key, page),
      () => this.#kept.delete(key),
    );
    return painted;
  }

  #paint(asked: PreviewJob, by: string): Promise<PreviewedPage> {
    const { picture } = asked.page;
    if (picture === undefined) return this.#needs.painter.paint(asked, by);
    return this.#needs.pictures.lend(picture.sha256, (path) => this.#withPicture(asked, path, by));
  }

  /** A picture may end the painter, as it may end that of a hall: the words are painted without it then, by another one. */
  async #withPicture(asked: PreviewJob, path: string | undefined, by: string): Promise<PreviewedPage> {
    const { painter } = this.#needs;
    try {
      return await painter.paint(path === undefined ? asked : { ...asked, picture: path }, by);
    } catch (error) {
      if (!isServerError(error, 'preview-failed') && !isServerError(error, 'preview-hung')) throw error;
      const { picture: _, ...words } = asked.page;
      const page = await painter.paint({ ...asked, page: words }, by);
      return { ...page, leftOut: [{ part: 'picture', reason: 'painter-failed' }, ...page.leftOut] };
    }
  }

  #keep(key: string, page: PreviewedPage): void {
    // The file may come back.
    if (page.leftOut.some(({ reason }) => reason === LOST)) {
      this.#kept.delete(key);
      return;
    }
    this.#bytes.set(key, JSON.stringify(page).length);
    let bytes = [...this.#bytes.values()].reduce((sum, each) => sum + each, 0);
    for (const oldest of this.#kept.keys()) {
      if (bytes <= PREVIEW_CACHE.bytes) break;
      const share = this.#bytes.get(oldest);
      if (share === undefined) continue;
      bytes -= share;
      this.#bytes.delete(oldest);
      this.#kept.delete(oldest);
    }
  }
}
