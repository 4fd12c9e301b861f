import type { FrameBody } from '../../firmware-protocol/serial/catalogue.ts';
import { crc32 } from '../../firmware-protocol/serial/crc32.ts';
import { decodePixels, PIXEL_BYTES } from '../../firmware-protocol/serial/pixels.ts';
import type { ErrorName } from '../../firmware-protocol/serial/system.ts';

/** The two pages of a virtual board: one is shown while the other is drawn (SPEC 7). */
export class BoardDisplay {
  readonly width: number;
  readonly height: number;
  /** Pages shown since the start. */
  pages = 0;
  /** Fault: this byte of the memory behind the lamps cannot hold what is written. */
  faultyByte: number | undefined;
  /** Called when a page has been shown. */
  onShown: () => void = () => {};
  #shown: Uint8Array;
  #drawn: Uint8Array;

  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
    this.#shown = new Uint8Array(width * height * PIXEL_BYTES);
    this.#drawn = new Uint8Array(width * height * PIXEL_BYTES);
  }

  draw(region: FrameBody<'draw-region'>): ErrorName | undefined {
    const { x, y, width, height } = region;
    if (width === 0 || height === 0 || x + width > this.width || y + height > this.height)
      return 'out-of-bounds';
    const pixels = decodePixels(region.encoding, region.pixels, width * height);
    if (pixels === undefined) return 'bad-pixels';
    const rowBytes = width * PIXEL_BYTES;
    for (let row = 0; row < height; row++) {
      const at = ((y + row) * this.width + x) * PIXEL_BYTES;
      this.#drawn.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), at);
    }
    return undefined;
  }

  /** Shows what was drawn, whole, if it is the page that the host means. */
  commit(crc: number): ErrorName | undefined {
    if (crc32(this.#drawn) !== crc) return 'page-differs';
    this.#shown = this.#drawn.slice();
    if (this.faultyByte !== undefined) this.#shown[this.faultyByte] = ~(this.#drawn[this.faultyByte] ?? 0);
    this.pages++;
    this.onShown();
    return undefined;
  }

  /** What was drawn and not shown is forgotten: the drawn page is the shown one again. */
  forgetDrawn(): void {
    this.#drawn = this.#shown.slice();
  }

  clear(): void {
    this.#shown.fill(0);
    this.#drawn.fill(0);
  }

  shownCrc(): number {
    return crc32(this.#shown);
  }

  drawnCrc(): number {
    return crc32(this.#drawn);
  }

  /** A copy of the shown page as it travels: RGB565, high byte first. */
  pixels(): Uint8Array {
    return this.#shown.slice();
  }

  /** A copy of the shown page as RGB888. */
  bitmap(): { width: number; height: number; rgb: Uint8Array } {
    const rgb = new Uint8Array(this.width * this.height * 3);
    for (let pixel = 0; pixel < this.width * this.height; pixel++) {
      const high = this.#shown[pixel * PIXEL_BYTES] ?? 0;
      const low = this.#shown[pixel * PIXEL_BYTES + 1] ?? 0;
      const red = high >>> 3;
      const green = ((high & 0x07) << 3) | (low >>> 5);
      const blue = low & 0x1f;
      rgb.set(
        [(red << 3) | (red >>> 2), (green << 2) | (green >>> 4), (blue << 3) | (blue >>> 2)],
        pixel * 3,
      );
    }
    return { width: this.width, height: this.height, rgb };
  }
}
