import { crc32 } from '../../firmware-protocol/serial/crc32.ts';
import { PIXEL_BYTES } from '../../firmware-protocol/serial/pixels.ts';
import {
  type Encoding,
  liesWithin,
  PIXEL_CODECS,
  type Place,
} from '../../firmware-protocol/serial/region.ts';
import type { ErrorName } from '../../firmware-protocol/serial/system.ts';

/** A region as `draw-region` and `strip-draw` carry it. */
export interface DrawnRegion extends Place {
  encoding: Encoding;
  pixels: Uint8Array;
}

/** Pixels in the memory of a board, RGB565, high byte first: a page, or the strip of a marquee. */
export class PixelPage {
  readonly width: number;
  readonly height: number;
  readonly bytes: Uint8Array;

  constructor(width: number, height: number, bytes = new Uint8Array(width * height * PIXEL_BYTES)) {
    this.width = width;
    this.height = height;
    this.bytes = bytes;
  }

  /** @param encodings what the board reads. */
  draw(region: DrawnRegion, encodings: readonly Encoding[]): ErrorName | undefined {
    if (!liesWithin(region, this)) return 'out-of-bounds';
    if (!encodings.includes(region.encoding)) return 'bad-pixels';
    const { x, y, width, height } = region;
    const pixels = PIXEL_CODECS[region.encoding].decode(region.pixels, width * height);
    if (pixels === undefined) return 'bad-pixels';
    const rowBytes = width * PIXEL_BYTES;
    for (let row = 0; row < height; row++) {
      const at = ((y + row) * this.width + x) * PIXEL_BYTES;
      this.bytes.set(pixels.subarray(row * rowBytes, (row + 1) * rowBytes), at);
    }
    return undefined;
  }

  /** RGB565. */
  pixel(x: number, y: number): number {
    const at = (y * this.width + x) * PIXEL_BYTES;
    return ((this.bytes[at] ?? 0) << 8) | (this.bytes[at + 1] ?? 0);
  }

  copy(): PixelPage {
    return new PixelPage(this.width, this.height, this.bytes.slice());
  }

  crc(): number {
    return crc32(this.bytes);
  }
}
