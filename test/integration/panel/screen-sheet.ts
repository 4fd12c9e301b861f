import type { Bitmap, PaintedScreen } from '../../../device/sign-ports.ts';

/** Rows between two pictures of a sheet, and their shade: no lamp of a sign that tells its words from its ground. */
const GAP_ROWS = 2;
const GAP_SHADE = 96;

/** All screens of a page under one another, the strip of a marquee under its screen: one picture to look at and to keep. */
export function sheetOf(screens: PaintedScreen[]): Bitmap {
  const pictures = screens.flatMap(({ bitmap, marquee }) => (marquee ? [bitmap, marquee.strip] : [bitmap]));
  const width = Math.max(...pictures.map((picture) => picture.width));
  const height = pictures.reduce((sum, picture) => sum + picture.height + GAP_ROWS, -GAP_ROWS);
  const sheet = { width, height, rgb: new Uint8Array(3 * width * height).fill(GAP_SHADE) };
  let top = 0;
  for (const picture of pictures) {
    for (let row = 0; row < picture.height; row++) {
      const from = 3 * row * picture.width;
      sheet.rgb.set(picture.rgb.subarray(from, from + 3 * picture.width), 3 * (top + row) * width);
    }
    top += picture.height + GAP_ROWS;
  }
  return sheet;
}
