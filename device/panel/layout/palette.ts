import { BANDS, type Band } from '../../../firmware-protocol/content/band.ts';
import type { Colour } from './screen.ts';

/** The colours of one rung of the ladder. Few and pure: a lamp has no shades in sunlight. */
export interface Palette {
  /** Behind the title, and the stripe over a body whose title stood on a screen of its own. */
  bar: Colour;
  title: Colour;
  body: Colour;
  hotline: Colour;
}

export const WHITE: Colour = [255, 255, 255];
export const AMBER: Colour = [255, 176, 0];
const BLACK: Colour = [0, 0, 0];
const RED: Colour = [224, 0, 0];
const YELLOW: Colour = [255, 232, 0];
const GREEN: Colour = [0, 255, 96];
const BLUE: Colour = [0, 72, 200];

const ALERT: Palette = { bar: RED, title: WHITE, body: YELLOW, hotline: WHITE };
const URGENT: Palette = { bar: AMBER, title: BLACK, body: WHITE, hotline: GREEN };
const ORDINARY: Palette = { bar: BLUE, title: WHITE, body: WHITE, hotline: GREEN };

/** Who passes must see from the colour alone whether life is in danger. */
export function paletteOf(band: Band): Palette {
  if (band >= BANDS.alert) return ALERT;
  return band >= BANDS.urgent ? URGENT : ORDINARY;
}
