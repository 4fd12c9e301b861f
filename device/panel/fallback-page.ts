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
 * What a sign says when its computer is dead: the village, and that nothing is announced here for now. On a sign too small
 * for both on one screen it is the village alone. Rejects `painter-failed`.
 */
export async function paintFallback(
  painter: TextPainter,
  face: PanelFace,
  { place, text }: FallbackWords,
): Promise<Bitmap> {
  const still = { ...face, marquee: false };
  const words = { text, seconds: PAGE_SECONDS, ...(place !== '' && { title: place }) };
  const screens = await painter.paint({
    ...still,
    content: { type: 'page', page: words, band: BANDS.scheduled },
  });
  const [screen, ...more] = screens;
  if (screen !== undefined && (more.length === 0 || place === '')) return screen.bitmap;
  const [alone] = await painter.paint({ ...still, content: { type: 'idle', dates: [], place } });
  if (alone === undefined) throw new Error('the painter gave no screen');
  return alone.bitmap;
}
