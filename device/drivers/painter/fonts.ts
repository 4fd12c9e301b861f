import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type FontMetrics, readFontMetrics } from '../../panel/layout/font-metrics.ts';
import { signFontOf } from '../../panel/layout/sign-font.ts';
import type { Style } from '../../panel/layout/type-faces.ts';

const resolve = createRequire(import.meta.url).resolve;

export const FONT_PATHS: Record<Style, string> = {
  SemiBold: resolve('@expo-google-fonts/noto-sans-thai/600SemiBold/NotoSansThai_600SemiBold.ttf'),
  Bold: resolve('@expo-google-fonts/noto-sans-thai/700Bold/NotoSansThai_700Bold.ttf'),
  'Looped SemiBold': resolve(
    '@expo-google-fonts/noto-sans-thai-looped/600SemiBold/NotoSansThaiLooped_600SemiBold.ttf',
  ),
};

/** Widths of the font of all signs. */
export function readSignFont(): FontMetrics {
  const metrics = (style: Style) => readFontMetrics(readFileSync(FONT_PATHS[style]));
  return signFontOf({
    SemiBold: metrics('SemiBold'),
    Bold: metrics('Bold'),
    'Looped SemiBold': metrics('Looped SemiBold'),
  });
}
