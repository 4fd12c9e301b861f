import { FONT_PATHS } from '../../../device/drivers/painter/fonts.ts';
import type { PlacedLine } from '../../../device/panel/layout/screen.ts';
import { type Style, typeFaceOf } from '../../../device/panel/layout/type-faces.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { type Drawing, drawn, shaped } from './harfbuzz.ts';
import { clustersIn, expectedInk, type LineInk, paintedInk, type SetCluster } from './line-ink.ts';

/** A line of text and the picture that it was painted into. */
export interface PaintedLine {
  /** Where it is from, for messages. */
  from: string;
  line: PlacedLine;
  bitmap: Bitmap;
}

/** The same beside what HarfBuzz makes of it. */
export interface SetLine extends PaintedLine {
  clusters: SetCluster[];
  /** Columns that the line takes. */
  width: number;
  painted: LineInk;
  expected: LineInk;
}

/** Has HarfBuzz set lines in the fonts that their sizes are painted in. In order. */
export async function setByHarfBuzz(lines: PaintedLine[]): Promise<SetLine[]> {
  const styles = [...new Set(lines.map(({ line }) => typeFaceOf(line.px).style))];
  const set = await Promise.all(
    styles.map((style) =>
      setInStyle(
        style,
        lines.filter(({ line }) => typeFaceOf(line.px).style === style),
      ),
    ),
  );
  const byLine = new Map(set.flat().map((each) => [each.line, each]));
  return lines.flatMap(({ line }) => byLine.get(line) ?? []);
}

async function setInStyle(style: Style, lines: PaintedLine[]): Promise<SetLine[]> {
  const font = FONT_PATHS[style];
  const glyphs = shaped(
    font,
    lines.map(({ line }) => line.text),
  );
  const all = lines.map((each, index) => ({
    ...each,
    clusters: clustersIn(each.line.text, glyphs[index] ?? [], each.line.px),
  }));
  const drawings = await drawingsOf(
    font,
    all.flatMap(({ clusters }) => clusters.map(({ text }) => text)),
  );
  return all.map((each) => {
    const { line, bitmap, clusters } = each;
    const width = clusters.reduce((sum, { advance }) => sum + advance, 0);
    return {
      ...each,
      width,
      painted: paintedInk(bitmap, line, width),
      expected: expectedInk(clusters, line.px, drawings),
    };
  });
}

async function drawingsOf(font: string, texts: string[]): Promise<(text: string) => Drawing> {
  const each = [...new Set(texts)];
  const drawings = new Map<string, Drawing>();
  for (const [index, drawing] of (await drawn(font, each)).entries())
    drawings.set(each[index] ?? '', drawing);
  return (text) => {
    const drawing = drawings.get(text);
    if (drawing === undefined) throw new Error(`HarfBuzz drew no ${text}`);
    return drawing;
  };
}
