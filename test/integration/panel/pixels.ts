import type { Bitmap } from '../../../device/sign-ports.ts';

/** First and last row with light, and the columns likewise; undefined = dark. */
export function inkBox({
  width,
  height,
  rgb,
}: Bitmap): { top: number; bottom: number; left: number; right: number } | undefined {
  const box = { top: height, bottom: -1, left: width, right: -1 };
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      if (!isLit(rgb, 3 * (y * width + x))) continue;
      box.top = Math.min(box.top, y);
      box.bottom = Math.max(box.bottom, y);
      box.left = Math.min(box.left, x);
      box.right = Math.max(box.right, x);
    }
  }
  return box.bottom === -1 ? undefined : box;
}

function isLit(rgb: Uint8Array, at: number): boolean {
  return (rgb[at] ?? 0) + (rgb[at + 1] ?? 0) + (rgb[at + 2] ?? 0) > 0;
}
