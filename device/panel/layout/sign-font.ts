import type { FontMetrics } from './font-metrics.ts';
import { typeFaceOf, type Weight } from './type-faces.ts';

/** The weights of one family as the one font they are to the layout. */
export function signFontOf(weights: Record<Weight, FontMetrics>): FontMetrics {
  const at = (px: number) => weights[typeFaceOf(px).weight];
  return {
    advance: (character, px) => at(px).advance(character, px),
    width: (text, px) => at(px).width(text, px),
  };
}
