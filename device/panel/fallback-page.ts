import { BANDS } from '../../firmware-protocol/content/band.ts';
import type { Bitmap, PanelFace, TextPainter } from '../sign-ports.ts';

/** Nobody counts how long it stands. */
const PAGE_SECONDS = 10;

export interface FallbackWords {
  /** The name of the village; may be empty. */
  place: string;
  text: string;
}

/**
 * What a sign says when its computer is dead: the village, and that nothing is announced here for now. On a small sign that is
 * said alone; where it does not go on one screen either, the village stands there. Rejects `painter-failed`.
 */
export async function paintFallback(
  painter: TextPainter,
  face: PanelFace,
  { place, text }: FallbackWords,
): Promise<Bitmap> {
  const still = { ...face, marquee: false };
  for (const words of place === '' ? [text] : [`${place}\n${text}`, text]) {
    const page = { text: words, seconds: PAGE_SECONDS };
    const content = { type: 'page', page, band: BANDS.scheduled } as const;
    const [screen, ...more] = await painter.paint({ ...still, content });
    if (screen !== undefined && more.length === 0) return screen.bitmap;
  }
  const [alone] = await painter.paint({ ...still, content: { type: 'idle', dates: [], place } });
  if (alone === undefined) throw new Error('the painter gave no screen');
  return alone.bitmap;
}
