import type { FontMetrics } from './font-metrics.ts';
import { type Style, typeFaceOf } from './type-faces.ts';

/** The styles of one family as the one font they are to the layout. */
export function signFontOf(styles: Record<Style, FontMetrics>): FontMetrics {
  const at = (px: number) => styles[typeFaceOf(px).style];
  return {
    advance: (character, px) => at(px).advance(character, px),
    width: (text, px) => at(px).width(text, px),
  };
}
