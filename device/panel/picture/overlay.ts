import type { Bitmap } from '../../sign-ports.ts';

/** Where the left upper corner stands, lamps from that of the page. */
export interface Place {
  left: number;
  top: number;
}

/** A page with a figure laid over it. What of the figure lies outside is left out. */
export function overlaid(page: Bitmap, figure: Bitmap, { left, top }: Place): Bitmap {
  const rgb = page.rgb.slice();
  const from = Math.max(0, -left);
  const to = Math.min(figure.width, page.width - left);
  for (let row = Math.max(0, -top); row < Math.min(figure.height, page.height - top); row++) {
    if (to <= from) break;
    const line = figure.rgb.subarray(3 * (row * figure.width + from), 3 * (row * figure.width + to));
    rgb.set(line, 3 * ((top + row) * page.width + left + from));
  }
  return { ...page, rgb };
}
