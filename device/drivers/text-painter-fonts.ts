import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FontMetrics, readFontMetrics } from '../panel/layout/font-metrics.ts';
import { signFontOf } from '../panel/layout/sign-font.ts';
import type { Weight } from '../panel/layout/type-faces.ts';

const FONT = '@expo-google-fonts/noto-sans-thai';
const resolve = createRequire(import.meta.url).resolve;
export const FONT_PATHS: Record<Weight, string> = {
  Medium: resolve(`${FONT}/500Medium/NotoSansThai_500Medium.ttf`),
  SemiBold: resolve(`${FONT}/600SemiBold/NotoSansThai_600SemiBold.ttf`),
  Bold: resolve(`${FONT}/700Bold/NotoSansThai_700Bold.ttf`),
};

/** Widths of the font of all signs. */
export function readSignFont(): FontMetrics {
  const metrics = (weight: Weight) => readFontMetrics(readFileSync(FONT_PATHS[weight]));
  return signFontOf({
    Medium: metrics('Medium'),
    SemiBold: metrics('SemiBold'),
    Bold: metrics('Bold'),
  });
}
