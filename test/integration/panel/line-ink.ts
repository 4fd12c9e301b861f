import type { PlacedLine } from '../../../device/panel/layout/screen.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import type { Drawing, Glyph } from './harfbuzz.ts';

/** Ink of a line of text by lamp, 0 to 1. Rows count from the baseline downwards, columns from the pen's start. */
export type LineInk = (x: number, y: number) => number;

/** A cluster of a shaped line: its glyphs, where its pen starts and how far it goes on, lamps. */
export interface SetCluster {
  text: string;
  glyphs: Glyph[];
  pen: number;
  advance: number;
}

/** The clusters of a line. Pango gives every glyph a whole number of lamps. */
export function clustersIn(text: string, glyphs: Glyph[], px: number): SetCluster[] {
  const characters = [...text];
  const starts = [...new Set(glyphs.map(({ cluster }) => cluster))];
  let pen = 0;
  return starts.map((start, index) => {
    const own = glyphs.filter(({ cluster }) => cluster === start);
    const text = characters.slice(start, starts[index + 1]).join('');
    const advance = own.reduce((sum, glyph) => sum + Math.round(glyph.advance * px), 0);
    pen += advance;
    return { text, glyphs: own, pen: pen - advance, advance };
  });
}

/** The line as HarfBuzz draws its clusters, at their pens. */
export function expectedInk(clusters: SetCluster[], px: number, drawing: (text: string) => Drawing): LineInk {
  const known = new Map<string, number>();
  return (x, y) => {
    const key = `${x} ${y}`;
    const ink = known.get(key) ?? inkAt(clusters, px, drawing, x, y);
    known.set(key, ink);
    return ink;
  };
}

function inkAt(
  clusters: SetCluster[],
  px: number,
  drawing: (text: string) => Drawing,
  x: number,
  y: number,
): number {
  // Nothing reaches further than an em to either side of its pen.
  const near = clusters.filter(({ pen }) => Math.abs(x - pen) <= 2 * px);
  const ink = near.reduce((sum, { text, pen }) => {
    const left = x - pen;
    return sum + drawing(text).inkIn(left / px, y / px, (left + 1) / px, (y + 1) / px);
  }, 0);
  return Math.min(1, ink);
}

/** The line as it was painted. `columns` is its width; the ground is the colour of most lamps, the letters' the next. */
export function paintedInk(bitmap: Bitmap, line: PlacedLine, columns: number): LineInk {
  const at = (x: number, y: number) => {
    const [column, row] = [line.left + x, line.baseline + y];
    if (column < 0 || row < 0 || column >= bitmap.width || row >= bitmap.height) return undefined;
    const from = 3 * (row * bitmap.width + column);
    return [...bitmap.rgb.subarray(from, from + 3)];
  };
  const counts = new Map<string, number>();
  for (let y = -line.px; y < line.px / 4; y++) {
    for (let x = 0; x < columns; x++) {
      const colour = JSON.stringify(at(x, y) ?? null);
      if (colour !== 'null') counts.set(colour, (counts.get(colour) ?? 0) + 1);
    }
  }
  const [ground = [], letters = []] = [...counts]
    .sort(([, one], [, other]) => other - one)
    .map(([colour]): number[] => JSON.parse(colour));
  const span = letters.map((value, channel) => value - (ground[channel] ?? 0));
  const whole = span.reduce((sum, each) => sum + each * each, 0);
  return (x, y) => {
    const seen = at(x, y) ?? ground;
    const along = seen.reduce(
      (sum, value, channel) => sum + (value - (ground[channel] ?? 0)) * (span[channel] ?? 0),
      0,
    );
    return Math.min(1, Math.max(0, along / whole));
  };
}
