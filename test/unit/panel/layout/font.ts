import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FontMetrics, readFontMetrics } from '../../../../device/panel/layout/font-metrics.ts';

/** The font of the product: widths in tests are the widths on the sign. */
export function signFont(): FontMetrics {
  const file = '@expo-google-fonts/noto-sans-thai/600SemiBold/NotoSansThai_600SemiBold.ttf';
  return readFontMetrics(readFileSync(createRequire(import.meta.url).resolve(file)));
}
