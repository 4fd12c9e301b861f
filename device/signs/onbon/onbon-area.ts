import type { Bitmap, Depth } from '../../sign-ports.ts';
import { litColours, type SignSize } from '../sign-page.ts';

/**
 * The picture area of a BX-6 (command A7 00): held in RAM, so that pages wear nothing out. Sources: Onbon's own
 * onbonlab/bx.dual.dyn.java BxAreaDynamic, BxPage, BxPageBmp (MIT) for the fields and full colour; its analyser
 * strongercjd/Onbon-Protocol-Analysis Form1.cs and Data_Preview.cs for the lamps of one, two and three colours. No
 * hardware has confirmed any of it here.
 */
export type OnbonColours = 'one' | 'two' | 'three' | 'full';

export const ONBON_DEPTHS: Record<OnbonColours, Depth> = {
  one: 'mono',
  two: 'rgb111',
  three: 'rgb111',
  full: 'rgb565',
};

/** Which bits of `litColours` light the lamps of each plane: red, green, blue; what has no lamp shows as another. */
const PLANES: Record<Exclude<OnbonColours, 'full'>, number[]> = {
  one: [0b111],
  two: [0b100, 0b011],
  three: [0b100, 0b010, 0b001],
};

const AREA_TYPE = 0x10;
/** For all programmes, and over whatever of them is shown. */
const FOR_ALL = 1;
const AT_ONCE = 1;
/** How long the one page of the area stands before it begins anew, 10 ms; there is nothing else to show. */
const STAY = 100;
const ONCE = 1;
const PAGE_BYTES = 30;
const WORD_BITS = 32;

/** The payload of A7 00: one area as large as the sign, with one page. */
export function pictureArea(page: Bitmap, colours: OnbonColours): Uint8Array {
  const pixels = areaPixels(page, colours);
  const area = Buffer.concat([areaHead(page), pageHead(page, pixels.length)]);
  const counted = Buffer.alloc(6);
  counted.writeUInt16LE(1, 0);
  counted.writeUInt32LE(area.length, 2);
  return Buffer.concat([counted, area, pixels]);
}

function areaHead({ width, height }: SignSize): Buffer {
  const head = Buffer.alloc(33);
  // 0: number 0 of the area, 1: goes round for ever, 2: never grows old, 5: no list of programmes.
  head.writeUInt8(FOR_ALL, 4);
  head.writeUInt8(AT_ONCE, 7);
  head.writeUInt8(AREA_TYPE, 12);
  head.writeUInt16LE(width, 17);
  head.writeUInt16LE(height, 19);
  // 21 to 30: no frame, no background, not transparent, no voice, reserved.
  head.writeUInt16LE(1, 31);
  return head;
}

function pageHead({ width }: SignSize, pixelBytes: number): Buffer {
  const head = Buffer.alloc(PAGE_BYTES);
  head.writeUInt32LE(PAGE_BYTES - 4, 0);
  // 4: a page of pixels, 5: shown at once, 6: not cleared, 7: the quickest.
  head.writeUInt16LE(STAY, 8);
  head.writeUInt8(ONCE, 10);
  head.writeUInt16LE(width, 11);
  // 13 to 21 reserved, 22: the pixels begin at 0.
  head.writeUInt32LE(pixelBytes, 26);
  return head;
}

/**
 * Full colour: red, green, blue of each pixel, row by row. Else one plane a colour: rows of whole 32-bit words, low byte
 * first, the leftmost pixel in the highest bit, 0 = lit.
 */
export function areaPixels(page: Bitmap, colours: OnbonColours): Uint8Array {
  if (colours === 'full') return page.rgb;
  const rowBytes = (Math.ceil(page.width / WORD_BITS) * WORD_BITS) / 8;
  const planes = PLANES[colours].map((mask) => {
    const plane = new Uint8Array(rowBytes * page.height).fill(0xff);
    for (let pixel = 0; pixel < page.width * page.height; pixel++) {
      if ((litColours(page, pixel) & mask) === 0) continue;
      const x = pixel % page.width;
      // Byte 3 of each word holds its leftmost eight pixels.
      const at = Math.floor(pixel / page.width) * rowBytes + ((x >> 3) ^ 3);
      plane[at] = (plane[at] ?? 0) & ~(0x80 >> (x & 7));
    }
    return plane;
  });
  return Buffer.concat(planes);
}
