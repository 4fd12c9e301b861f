import type { Bitmap, Marquee } from '../../sign-ports.ts';
import { overlaid } from './overlay.ts';

/** A page with its strip as it stands when it has moved so many columns since it entered from the right. */
export function withStrip(page: Bitmap, marquee: Marquee, moved: number): Bitmap {
  const { strip, x, y, width, gapColumns } = marquee;
  let window: Bitmap = { width, height: strip.height, rgb: new Uint8Array(3 * width * strip.height) };
  const round = strip.width + gapColumns;
  const entered = width - moved;
  // Rounds that have left the window on its other side leave nothing to draw.
  const gone = entered < 0 ? Math.floor(-entered / round) : 0;
  for (let left = entered + gone * round; left < width; left += round)
    window = overlaid(window, strip, { left, top: 0 });
  return overlaid(page, window, { left: x, top: y });
}

/** Columns that it has moved in so many milliseconds. */
export function movedIn(ms: number, { pixelsPerSecond }: Pick<Marquee, 'pixelsPerSecond'>): number {
  return Math.floor((ms * pixelsPerSecond) / 1_000);
}
