import type { Size } from '../../panel/layout/screen.ts';
import { ANIMATION, momentsOf } from '../../panel/picture/animation.ts';
import type { Figures, Plate } from '../../panel/picture/figure-split.ts';
import { onGround } from '../../panel/picture/ground.ts';
import { overlaid } from '../../panel/picture/overlay.ts';
import { forLamps, type PictureHead } from '../../panel/picture/picture.ts';
import { drawQr } from '../../panel/picture/qr-code.ts';
import type { Bitmap, Depth, PaintedScreen, PaintRequest } from '../../sign-ports.ts';
import { readPicture, readPictureHead } from '../pictures/picture-file.ts';
import { encodeQr } from '../pictures/qr-encoder.ts';

/** All screens of a page together: the agent holds them while the page stands. A smaller share moves in fewer steps. */
const SCREENS_BYTES = 12 * 1024 * 1024;

/** The picture and the QR code of one page, drawn for its sign. Rejects `picture-undecodable`. */
export class PageFigures {
  readonly figures: Figures;
  readonly #path: string;
  readonly #depth: Depth;
  readonly #frames = new Map<string, Promise<Bitmap[]>>();

  static async of({ content, depth }: PaintRequest): Promise<PageFigures> {
    if (content.type === 'idle') return new PageFigures({}, '', depth);
    const { page, picture: path } = content;
    const picture = path === undefined ? undefined : await readPictureHead(path);
    const qr = page.qr === undefined ? undefined : { text: page.qr, encode: encodeQr };
    return new PageFigures({ picture, qr }, path ?? '', depth);
  }

  private constructor(figures: Figures, path: string, depth: Depth) {
    this.figures = figures;
    this.#path = path;
    this.#depth = depth;
  }

  /**
   * A screen of words, one of `ofScreens` of the page, with its figures: a run of screens where the picture moves. Beside
   * words that run through the picture stands still, for each new screen would send them back to their start.
   */
  async hang(words: PaintedScreen, plates: Plate[], ofScreens: number): Promise<PaintedScreen[]> {
    let { bitmap } = words;
    let moving: { frames: Bitmap[]; plate: Plate } | undefined;
    for (const plate of plates) {
      const frames = plate.of === 'qr' ? [drawQr(plate.symbol)] : await this.#framesAt(plate.size);
      const [first] = frames;
      if (frames.length > 1 && words.marquee === undefined) moving = { frames, plate };
      else if (first !== undefined) bitmap = overlaid(bitmap, first, plate);
    }
    const head = this.figures.picture;
    if (moving === undefined || head === undefined) return [{ ...words, bitmap }];
    const { frames, plate } = moving;
    return momentsOf(head.delaysMs, words.ms, mostScreens(bitmap, ofScreens)).map(({ frame, ms }) => ({
      bitmap: overlaid(bitmap, frames[frame] ?? bitmap, plate),
      ms,
    }));
  }

  #framesAt(size: Size): Promise<Bitmap[]> {
    const key = `${size.width}x${size.height}`;
    const known = this.#frames.get(key) ?? this.#read(this.figures.picture, size);
    this.#frames.set(key, known);
    return known;
  }

  async #read(head: PictureHead | undefined, size: Size): Promise<Bitmap[]> {
    if (head === undefined) return [];
    return forLamps(onGround(await readPicture(this.#path, head, size)), this.#depth);
  }
}

function mostScreens({ rgb }: Bitmap, ofScreens: number): number {
  return Math.min(ANIMATION.mostScreens, Math.max(1, Math.floor(SCREENS_BYTES / rgb.length / ofScreens)));
}
