import { images } from '../../device/drivers/sharp.ts';
import { overlaid } from '../../device/panel/picture/overlay.ts';
import type { Bitmap, PaintedScreen } from '../../device/sign-ports.ts';

const PREVIEW = {
  /** Ten steps a second: smooth enough to judge, and what every viewer of GIFs keeps. */
  stepMs: 100,
  /** A minute: enough to see all of a page once. */
  mostFrames: 600,
} as const;

interface Frame {
  bitmap: Bitmap;
  ms: number;
}

/** The screens in turn, marquees running, each lamp a square of `scale` pixels: an animated GIF. */
export async function previewOf(screens: PaintedScreen[], scale: number): Promise<Uint8Array> {
  const frames = screens.flatMap(framesOf).slice(0, PREVIEW.mostFrames);
  const pictures = await Promise.all(
    frames.map(({ bitmap: { rgb, width, height } }) =>
      images(rgb, { raw: { width, height, channels: 3 } })
        .resize(width * scale, height * scale, { kernel: 'nearest' })
        .png()
        .toBuffer(),
    ),
  );
  const delay = frames.map(({ ms }) => Math.max(PREVIEW.stepMs, ms));
  return images(pictures, { join: { animated: true } })
    .gif({ delay, loop: 0 })
    .toBuffer();
}

function framesOf({ bitmap, marquee, ms }: PaintedScreen): Frame[] {
  if (marquee === undefined) return [{ bitmap, ms }];
  const { strip, x, y, width, pixelsPerSecond, gapColumns } = marquee;
  const round = strip.width + Math.max(gapColumns, 0);
  const steps = Math.ceil(ms / PREVIEW.stepMs);
  return Array.from({ length: steps }, (_, step) => {
    const run = Math.round((step * PREVIEW.stepMs * pixelsPerSecond) / 1_000);
    const window = runningStrip(strip, width, run, round);
    return { bitmap: overlaid(bitmap, window, { left: x, top: y }), ms: PREVIEW.stepMs };
  });
}

/** What the window shows when the strip has run so many columns since it entered from the right. */
function runningStrip(strip: Bitmap, width: number, run: number, round: number): Bitmap {
  let window: Bitmap = { width, height: strip.height, rgb: new Uint8Array(3 * width * strip.height) };
  for (let left = width - run; left < width; left += round)
    window = overlaid(window, strip, { left, top: 0 });
  return window;
}
