import type { DEPTHS } from '../../firmware-protocol/serial/lamps.ts';
import { PIXEL_BYTES } from '../../firmware-protocol/serial/pixels.ts';
import type { Encoding } from '../../firmware-protocol/serial/region.ts';
import type { ErrorName } from '../../firmware-protocol/serial/system.ts';
import { BoardLamps } from './board-lamps.ts';
import { BoardMarquee } from './board-marquee.ts';
import { REAL_TIME } from './board-time.ts';
import { rgbOf } from './lamp-light.ts';
import { type DrawnRegion, PixelPage } from './pixel-page.ts';

export interface DisplayShape {
  width: number;
  height: number;
  depth?: keyof typeof DEPTHS;
  slots?: number;
  stripPixels?: number;
  now?: () => number;
}

const ALL: readonly Encoding[] = ['raw', 'run-length', 'deflate'];

interface Rgb {
  width: number;
  height: number;
  rgb: Uint8Array;
}

/** What a virtual board shows and keeps: two pages, slots, a marquee, lamps (SPEC 7 and 8). */
export class BoardDisplay {
  readonly width: number;
  readonly height: number;
  readonly lamps: BoardLamps;
  readonly marquee: BoardMarquee;
  /** Pages shown since the start. */
  pages = 0;
  /** Shown because the host was silent. */
  showsFallback = false;
  /** Fault: this byte of the memory behind the lamps cannot hold what is written. */
  faultyByte: number | undefined;
  /** Called when a page has been shown. */
  onShown: () => void = () => {};
  readonly #slots: (PixelPage | undefined)[];
  #shown: PixelPage;
  #drawn: PixelPage;

  constructor({ width, height, depth = 'rgb565', slots = 0, stripPixels = 0, now }: DisplayShape) {
    this.width = width;
    this.height = height;
    this.#shown = new PixelPage(width, height);
    this.#drawn = new PixelPage(width, height);
    this.#slots = Array.from({ length: slots }, () => undefined);
    this.lamps = new BoardLamps(depth);
    this.marquee = new BoardMarquee(stripPixels, this, now ?? REAL_TIME.now);
  }

  draw(region: DrawnRegion, encodings: readonly Encoding[] = ALL): ErrorName | undefined {
    return this.#drawn.draw(region, encodings);
  }

  /** Shows what was drawn, whole, if it is the page that the host means; with it starts what was armed. */
  commit(crc: number): ErrorName | undefined {
    if (this.drawnCrc() !== crc) return 'page-differs';
    this.#show(this.#drawn, false);
    this.marquee.committed();
    this.onShown();
    return undefined;
  }

  store(slot: number, crc: number): ErrorName | undefined {
    if (slot >= this.#slots.length) return 'out-of-bounds';
    if (this.drawnCrc() !== crc) return 'page-differs';
    this.#slots[slot] = this.#drawn.copy();
    return undefined;
  }

  recall(slot: number, crc: number): ErrorName | undefined {
    if (slot >= this.#slots.length) return 'out-of-bounds';
    const kept = this.#slots[slot];
    if (kept?.crc() !== crc) return 'page-differs';
    this.#drawn = kept.copy();
    return undefined;
  }

  /** The page of a board to which nobody speaks. */
  fallBackTo(page: PixelPage): void {
    this.#show(page, true);
    this.#drawn = this.#shown.copy();
    this.marquee.stop();
    this.lamps.dark = false;
    this.onShown();
  }

  #show(page: PixelPage, isFallback: boolean): void {
    this.#shown = page.copy();
    const faulty = this.faultyByte;
    if (faulty !== undefined) this.#shown.bytes[faulty] = ~(page.bytes[faulty] ?? 0);
    this.lamps.endPattern();
    this.showsFallback = isFallback;
    if (!isFallback) this.pages++;
  }

  /** A new session: what was drawn or armed and not shown is forgotten. */
  forgetDrawn(): void {
    this.#drawn = this.#shown.copy();
    this.marquee.disarm();
  }

  /** Frame `reset display`. */
  clear(): void {
    this.#shown.bytes.fill(0);
    this.#drawn.bytes.fill(0);
    this.lamps.endPattern();
    this.marquee.stop();
    this.showsFallback = false;
  }

  /** As after a loss of power. */
  powerUp(): void {
    this.clear();
    this.#slots.fill(undefined);
    this.marquee.forget();
    this.lamps.powerUp();
    this.pages = 0;
  }

  shownCrc(): number {
    return this.#shown.crc();
  }

  drawnCrc(): number {
    return this.#drawn.crc();
  }

  /** A copy of the page being drawn. */
  drawn(): PixelPage {
    return this.#drawn.copy();
  }

  /** A copy of the shown page as it travels: RGB565, high byte first. */
  pixels(): Uint8Array {
    return this.#shown.bytes.slice();
  }

  /** The lamps as they are lit at this moment, RGB565: page, marquee, pattern, darkness, depth. */
  lit(): Uint8Array {
    const lit = new Uint8Array(this.width * this.height * PIXEL_BYTES);
    for (let y = 0; y < this.height; y++) {
      for (let x = 0; x < this.width; x++) {
        const under = this.marquee.pixel(x, y) ?? this.#shown.pixel(x, y);
        const lamp = this.lamps.lamp(x, y, this.width, under);
        lit[(y * this.width + x) * PIXEL_BYTES] = lamp >>> 8;
        lit[(y * this.width + x) * PIXEL_BYTES + 1] = lamp & 0xff;
      }
    }
    return lit;
  }

  /** A copy of the shown page as RGB888. */
  bitmap(): Rgb {
    return { width: this.width, height: this.height, rgb: rgbOf(this.#shown.bytes) };
  }

  /** What a passer-by sees, as RGB888. */
  seen(): Rgb {
    return { width: this.width, height: this.height, rgb: rgbOf(this.lit()) };
  }
}
