import { execFileSync, spawnSync } from 'node:child_process';
import { z } from 'zod';
import { images } from '../../../device/drivers/pictures/sharp.ts';

/**
 * HarfBuzz's own programs (Debian: libharfbuzz-bin), which know nothing of our painter: where a font's own rules put the
 * glyphs of a text (hb-shape), and how they look there, far larger than lamps and without any hinting (hb-view).
 */
export const hasHarfBuzz = spawnSync('hb-view', ['--version']).error === undefined;

/** Marks are placed by the font; without kerning and ligatures a line is as wide as the sum of its letters, as on the sign. */
const SHAPING = ['--language=th', '--features=-kern,-liga'];
/** The fonts of the signs all have it: hb-shape answers in units of the font. */
const UNITS_PER_EM = 1_000;
/** One em in hb-view's pictures, pixels. */
const EM = 128;
const MARGIN = 64;
/** Cairo draws no picture of more than 32,767 rows. */
const TEXTS_AT_ONCE = 100;

const GlyphList = z.array(
  z.object({
    g: z.string(),
    cl: z.int(),
    dx: z.int(),
    dy: z.int(),
    ax: z.int(),
    xb: z.int(),
    yb: z.int(),
    w: z.int(),
    h: z.int(),
  }),
);

/** A glyph of a shaped text; lengths in em. */
export interface Glyph {
  name: string;
  /** Index of the first character (code point) of its cluster. */
  cluster: number;
  advance: number;
  /** Where its ink is: from the pen's start of the cluster rightwards, from the baseline downwards. */
  ink: { left: number; right: number; top: number; bottom: number };
}

/** A text drawn as HarfBuzz has it. `inkIn` gives the covered share of a rectangle: columns from the pen's start, rows from the baseline, in em. */
export interface Drawing {
  inkIn: (left: number, top: number, right: number, bottom: number) => number;
}

/** The glyphs of each text, in order. */
export function shaped(fontPath: string, texts: string[]): Glyph[][] {
  const options = ['--output-format=json', '--show-extents', ...SHAPING];
  const lines = run('hb-shape', [...options, fontPath], texts)
    .toString()
    .trimEnd()
    .split('\n');
  return lines.map((line) => {
    let pen = 0;
    let cluster = 0;
    return GlyphList.parse(JSON.parse(line)).map((glyph) => {
      if (glyph.cl !== cluster) pen = 0;
      cluster = glyph.cl;
      const left = (pen + glyph.dx + glyph.xb) / UNITS_PER_EM;
      const top = -(glyph.dy + glyph.yb) / UNITS_PER_EM;
      pen += glyph.ax;
      return {
        name: glyph.g,
        cluster: glyph.cl,
        advance: glyph.ax / UNITS_PER_EM,
        ink: { left, right: left + glyph.w / UNITS_PER_EM, top, bottom: top - glyph.h / UNITS_PER_EM },
      };
    });
  });
}

/** Draws each text, in order. */
export async function drawn(fontPath: string, texts: string[]): Promise<Drawing[]> {
  const drawings: Drawing[] = [];
  for (let from = 0; from < texts.length; from += TEXTS_AT_ONCE) {
    drawings.push(...(await drawnAtOnce(fontPath, texts.slice(from, from + TEXTS_AT_ONCE))));
  }
  return drawings;
}

async function drawnAtOnce(fontPath: string, texts: string[]): Promise<Drawing[]> {
  // Lines of two em, the baseline of each in the middle: room for every stack.
  const options = [
    `--font-size=${EM}`,
    `--margin=${MARGIN}`,
    `--font-extents=${EM} ${EM} 0`,
    ...SHAPING,
    '--output-format=png',
    '--foreground=000000',
    '--background=ffffff',
  ];
  const png = run('hb-view', [...options, fontPath], texts);
  const { data, info } = await images(png)
    .flatten()
    .extractChannel(0)
    .raw()
    .toBuffer({ resolveWithObject: true });
  return texts.map((_, index) => ({
    inkIn: (left, top, right, bottom) => {
      const baseline = MARGIN + 2 * EM * index + EM;
      const columns = [MARGIN + Math.round(left * EM), MARGIN + Math.round(right * EM)] as const;
      const rows = [baseline + Math.round(top * EM), baseline + Math.round(bottom * EM)] as const;
      let ink = 0;
      for (let y = Math.max(0, rows[0]); y < Math.min(info.height, rows[1]); y++) {
        for (let x = Math.max(0, columns[0]); x < Math.min(info.width, columns[1]); x++) {
          ink += 255 - (data[y * info.width + x] ?? 255);
        }
      }
      return ink / 255 / ((columns[1] - columns[0]) * (rows[1] - rows[0]));
    },
  }));
}

function run(program: string, options: string[], texts: string[]): Buffer {
  return execFileSync(program, options, { input: `${texts.join('\n')}\n`, maxBuffer: 64 * 1024 * 1024 });
}
