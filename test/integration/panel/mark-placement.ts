import type { Glyph } from './harfbuzz.ts';
import type { LineInk, SetCluster } from './line-ink.ts';

/**
 * How far a painted mark may stand from where HarfBuzz has it, relative to its letter. Hinting moves mark and letter by up
 * to a lamp each; the low line's marks are our own. Measured over all announcements: 1.6 lamps from 24 px on, 1.9 below.
 */
const AWAY_LAMPS = 2;
/** Ink of a painted mark as a share of HarfBuzz's. Measured: 0.92 to 1.7 from 24 px on, 0.6 to 2 below: strokes of whole lamps. */
const INK = { leastShare: 0.55, mostShare: 2.2 } as const;
/** Rows of a letter without what rises above it, em. */
const LETTER_EM = 0.6;

export interface PlacedMark {
  cluster: string;
  glyph: string;
  /** Painted ink as a share of HarfBuzz's. */
  share: number;
  /** Lamps from where HarfBuzz has it, relative to its letter. */
  right: number;
  down: number;
}

/** Every mark of a line: its painted ink beside that of HarfBuzz, within the mark's box and a lamp around it. */
export function placedMarks(
  clusters: SetCluster[],
  px: number,
  painted: LineInk,
  expected: LineInk,
): PlacedMark[] {
  return clusters.flatMap(({ text, glyphs, pen }) => {
    const letter = glyphs.find(({ advance }) => advance > 0);
    if (letter === undefined) return [];
    const rows = { top: -LETTER_EM, bottom: 0 };
    const base = moved(lampsOf({ ...letter.ink, ...rows }, pen, px), painted, expected);
    return glyphs.filter(isMark).map((glyph) => {
      const mark = moved(lampsOf(glyph.ink, pen, px), painted, expected);
      return {
        cluster: text,
        glyph: glyph.name,
        share: mark.share,
        right: mark.right - base.right,
        down: mark.down - base.down,
      };
    });
  });
}

/** What is wrong with a mark, or undefined. */
export function faultOf({ cluster, glyph, share, right, down }: PlacedMark, px: number): string | undefined {
  const isThere = share >= INK.leastShare && share <= INK.mostShare;
  if (isThere && Math.abs(right) <= AWAY_LAMPS && Math.abs(down) <= AWAY_LAMPS) return undefined;
  const [ink, x, y] = [share, right, down].map((value) => value.toFixed(2));
  return `${glyph} of ${cluster} at ${px} px: ${ink} of its ink, ${x} lamps right, ${y} down`;
}

function isMark({ advance, ink }: Glyph): boolean {
  return advance === 0 && ink.right > ink.left;
}

interface Lamps {
  left: number;
  right: number;
  top: number;
  bottom: number;
}

function lampsOf(ink: Glyph['ink'], pen: number, px: number): Lamps {
  return {
    left: Math.floor(pen + ink.left * px) - 1,
    right: Math.ceil(pen + ink.right * px) + 1,
    top: Math.floor(ink.top * px) - 1,
    bottom: Math.ceil(ink.bottom * px) + 1,
  };
}

/** How much of the expected ink is painted there, and how far its middle lies from the expected one. */
function moved(
  lamps: Lamps,
  painted: LineInk,
  expected: LineInk,
): { share: number; right: number; down: number } {
  const seen = middleOf(lamps, painted);
  const wanted = middleOf(lamps, expected);
  return { share: seen.ink / wanted.ink, right: seen.x - wanted.x, down: seen.y - wanted.y };
}

function middleOf(
  { left, right, top, bottom }: Lamps,
  inkAt: LineInk,
): { ink: number; x: number; y: number } {
  const sum = { ink: 0, x: 0, y: 0 };
  for (let y = top; y < bottom; y++) {
    for (let x = left; x < right; x++) {
      const ink = inkAt(x, y);
      sum.ink += ink;
      sum.x += ink * x;
      sum.y += ink * y;
    }
  }
  return { ink: sum.ink, x: sum.x / sum.ink, y: sum.y / sum.ink };
}
