import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Mask } from '../../panel/layout/canvas.ts';
import type { FontMetrics } from '../../panel/layout/font-metrics.ts';
import { isLow, lettersOf, withLowMarks } from '../../panel/layout/low-marks.ts';
import { typeFaceOf } from '../../panel/layout/type-faces.ts';
import { images } from '../pictures/sharp.ts';
import { FONT_PATHS } from './fonts.ts';

/**
 * Nothing but our own font, hinted to whole rows: the same pixels on every machine, whatever fonts it has. A style without shades
 * (type-faces.ts) is hinted to whole columns too, every lamp lit or dark.
 */
const FONT_CONFIG = `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<match target="pattern">
<edit name="hinting" mode="assign"><bool>true</bool></edit>
<edit name="autohint" mode="assign"><bool>true</bool></edit>
<edit name="hintstyle" mode="assign"><const>hintslight</const></edit>
<edit name="antialias" mode="assign"><bool>true</bool></edit>
</match>
<match target="pattern">
<test name="weight"><const>bold</const></test>
<edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
<edit name="antialias" mode="assign"><bool>false</bool></edit>
</match>
<match target="pattern">
<test name="family"><string>Noto Sans Thai Looped</string></test>
<edit name="hintstyle" mode="assign"><const>hintfull</const></edit>
<edit name="antialias" mode="assign"><bool>false</bool></edit>
</match></fontconfig>`;

/**
 * Pango's pictures are cropped to their ink, which hides the baseline and the pen's start. A bar this many times the
 * text's size at both ends reaches beyond every mark, so the crop is always the same and known; then it is cut off.
 */
const BAR_TIMES = 3;
const INK = 96;

interface Raster {
  width: number;
  height: number;
  coverage: Uint8Array;
}

/** What the bars do at one size. */
interface Frame {
  /** Columns from the picture's edge to the pen's start. */
  penAt: number;
  /** Columns that the ink of a bar takes at the picture's edge. */
  barColumns: number;
  baseline: number;
}

/** Draws lines of text with the font engine. For the painter's process: it costs 30 MB and never gives them back. */
export class MaskMaker {
  readonly #frames = new Map<number, Promise<Frame>>();
  readonly #font: FontMetrics;

  private constructor(font: FontMetrics) {
    this.#font = font;
  }

  static async start(font: FontMetrics): Promise<MaskMaker> {
    const maker = new MaskMaker(font);
    await withFontConfig(() => maker.mask('ก', 24));
    return maker;
  }

  async mask(text: string, px: number): Promise<Mask> {
    if (!isLow(px)) return this.#drawn(text, px);
    const letters = await this.#drawn(lettersOf(text), px);
    return withLowMarks(text, letters, (part) => this.#font.width(part, px));
  }

  async #drawn(text: string, px: number): Promise<Mask> {
    const frame = await this.#frame(px);
    const { width, height, coverage } = await this.#raster(framed(text, px), px);
    const skip = frame.barColumns + 1;
    const inner = width - 2 * skip;
    const rows = Array.from({ length: height }, (_, row) =>
      coverage.subarray(row * width + skip, row * width + skip + inner),
    );
    return {
      width: inner,
      height,
      coverage: Buffer.concat(rows),
      origin: frame.penAt - skip,
      baseline: frame.baseline,
    };
  }

  #frame(px: number): Promise<Frame> {
    const known = this.#frames.get(px);
    if (known !== undefined) return known;
    const made = this.#measureFrame(px);
    this.#frames.set(px, made);
    return made;
  }

  async #measureFrame(px: number): Promise<Frame> {
    const bar = await this.#raster(bars(px), px);
    const pair = await this.#raster(framed('', px), px);
    // NO NU stands on the baseline with two straight legs.
    const letter = await this.#raster(framed('น', px), px);
    // The advance of a bar is what the second one adds; its ink stands in the middle of it.
    const penAt = Math.round(pair.width / 2);
    let baseline = letter.height;
    while (baseline > 0 && !inkBetween(letter, baseline - 1, penAt, letter.width - penAt)) baseline--;
    return { penAt, barColumns: bar.width, baseline };
  }

  async #raster(markup: string, px: number): Promise<Raster> {
    const { style } = typeFaceOf(px);
    const { data, info } = await images({
      text: { text: markup, font: `Noto Sans Thai ${style} ${px}`, fontfile: FONT_PATHS[style], dpi: 72 },
    })
      .extractChannel(0)
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, coverage: data };
  }
}

function inkBetween({ width, coverage }: Raster, row: number, from: number, to: number): boolean {
  return coverage.subarray(row * width + from, row * width + to).some((value) => value >= INK);
}

function framed(text: string, px: number): string {
  // Without kerning and ligatures (RU with LAKKHANGYAO) a text is as wide as the sum of its letters, which the layout counts on.
  return `<span lang="th" font_features="kern=0, liga=0">${bars(px)}${escapeMarkup(text)}${bars(px)}</span>`;
}

/** Pango counts sizes in 1/1024 point; at 72 dots an inch a point is a pixel. */
function bars(px: number): string {
  return `<span size="${BAR_TIMES * px * 1024}">|</span>`;
}

function escapeMarkup(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Fontconfig reads its configuration from a file once, at the first text. */
async function withFontConfig(firstText: () => Promise<unknown>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'prakat-fonts-'));
  try {
    const path = join(folder, 'fonts.conf');
    writeFileSync(path, FONT_CONFIG);
    process.env.FONTCONFIG_FILE = path;
    await firstText();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
