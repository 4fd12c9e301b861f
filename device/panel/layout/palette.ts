import { BANDS, type Band } from '../../../firmware-protocol/content/band.ts';
import type { Depth } from '../../sign-ports.ts';
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

/** One colour: danger is told by a title dark on lit lamps, all else is lit letters, which outshine less of the night. */
const MONO_ALERT: Palette = { bar: WHITE, title: BLACK, body: WHITE, hotline: WHITE };
const MONO: Palette = { bar: BLACK, title: WHITE, body: WHITE, hotline: WHITE };

/** Who passes must see from the colour alone whether life is in danger. */
export function paletteOf(band: Band, depth: Depth): Palette {
  if (depth === 'mono') return band >= BANDS.alert ? MONO_ALERT : MONO;
  if (band >= BANDS.alert) return ALERT;
  return band >= BANDS.urgent ? URGENT : ORDINARY;
}

/** The nearest that lamps of the depth shine: amber is yellow where red and green are lit or dark, the sign's one colour on `mono`. */
export function shownColour(colour: Colour, depth: Depth): Colour {
  if (depth === 'rgb565') return colour;
  const [red, green, blue] = colour;
  if (depth === 'mono') return isLit(Math.max(red, green, blue)) ? WHITE : BLACK;
  return [full(red), full(green), full(blue)];
}

function isLit(channel: number): boolean {
  return channel >= 128;
}

function full(channel: number): number {
  return isLit(channel) ? 255 : 0;
}
