import { images } from '../../../device/drivers/pictures/sharp.ts';
import { movedIn, withStrip } from '../../../device/panel/picture/strip-window.ts';
import type { Bitmap, PaintedScreen } from '../../../device/sign-ports.ts';

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
  const steps = Math.ceil(ms / PREVIEW.stepMs);
  return Array.from({ length: steps }, (_, step) => {
    const moved = movedIn(step * PREVIEW.stepMs, marquee);
    return { bitmap: withStrip(bitmap, marquee, moved), ms: PREVIEW.stepMs };
  });
}
