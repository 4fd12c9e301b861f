import type { Bitmap, Depth } from '../../sign-ports.ts';
import { shownColour } from './palette.ts';
import type { Box, Colour, PlacedLine, ScreenLayout, Size } from './screen.ts';

/** How much of each pixel a line of text covers, 0-255, row by row; its pen starts at column `origin`. */
export interface Mask {
  width: number;
  height: number;
  coverage: Uint8Array;
  origin: number;
  /** Row just below the letters. */
  baseline: number;
}

export interface Ground extends Size {
  depth: Depth;
}

/** Draws a decided screen on black, in what lamps of the depth can show. `masks` gives the drawn text of each line. */
export function drawScreen(
  screen: ScreenLayout,
  { width, height, depth }: Ground,
  masks: Map<PlacedLine, Mask>,
): Bitmap {
  const bitmap = { width, height, rgb: new Uint8Array(width * height * 3) };
  for (const box of screen.boxes) fillBox(bitmap, { ...box, colour: shownColour(box.colour, depth) });
  const strength = depth === 'rgb565' ? shaded : litOrDark;
  for (const [line, mask] of masks) {
    stamp(bitmap, mask, { ...line, colour: shownColour(line.colour, depth) }, strength);
  }
  return bitmap;
}

function fillBox(bitmap: Bitmap, box: Box): void {
  for (let y = box.top; y < Math.min(bitmap.height, box.top + box.height); y++) {
    for (let x = box.left; x < Math.min(bitmap.width, box.left + box.width); x++) {
      bitmap.rgb.set(box.colour, 3 * (y * bitmap.width + x));
    }
  }
}

type Strength = (coverage: number) => number;

function stamp(bitmap: Bitmap, mask: Mask, line: PlacedLine, strength: Strength): void {
  for (let row = 0; row < mask.height; row++) {
    const y = line.baseline - mask.baseline + row;
    if (y < 0 || y >= bitmap.height) continue;
    for (let column = 0; column < mask.width; column++) {
      const x = line.left - mask.origin + column;
      if (x < 0 || x >= bitmap.width) continue;
      const light = strength(mask.coverage[row * mask.width + column] ?? 0);
      if (light > 0) blend(bitmap.rgb, 3 * (y * bitmap.width + x), line.colour, light);
    }
  }
}

/** Coverage below `dark` lights nothing, above `full` a whole lamp: half-lit lamps around a letter blur it at night. */
const EDGE = { dark: 40, full: 190 } as const;

function shaded(coverage: number): number {
  return Math.min(1, Math.max(0, (coverage - EDGE.dark) / (EDGE.full - EDGE.dark)));
}

/**
 * A lamp without shades is lit from this coverage on. At 24 px it keeps MAI EK and MAI CHATTAWA 4 lamps apart, where the middle of
 * the scale leaves 2; below 24 px letters have no shades at all.
 */
const LIT_COVERAGE = 100;

function litOrDark(coverage: number): number {
  return coverage >= LIT_COVERAGE ? 1 : 0;
}

function blend(rgb: Uint8Array, at: number, colour: Colour, light: number): void {
  colour.forEach((value, channel) => {
    const under = rgb[at + channel] ?? 0;
    rgb[at + channel] = Math.round(under + (value - under) * light);
  });
}
