import { readSignFont } from '../../../../device/drivers/painter/fonts.ts';
import type { FontMetrics } from '../../../../device/panel/layout/font-metrics.ts';

/** The font of the product: widths in tests are the widths on the sign. */
export function signFont(): FontMetrics {
  return readSignFont();
}
