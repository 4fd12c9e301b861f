import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { FONT_PATHS, readSignFont } from '../../../device/drivers/painter/fonts.ts';
import { MaskMaker } from '../../../device/drivers/painter/masks.ts';
import { ChildTextPainter } from '../../../device/drivers/painter/text-painter.ts';
import { drawScreen } from '../../../device/panel/layout/canvas.ts';
import { compose } from '../../../device/panel/layout/compose.ts';
import { WHITE } from '../../../device/panel/layout/palette.ts';
import type { PaintRequest } from '../../../device/sign-ports.ts';
import samples from '../../../scripts/virtual-village/announcements.th.json' with { type: 'json' };
import { bundlePainterChild } from '../child-bundle.ts';
import { announcedPages } from './announced-pages.ts';
import { hasHarfBuzz, shaped } from './harfbuzz.ts';
import type { LineInk } from './line-ink.ts';
import { markedClusters } from './mark-clusters.ts';
import { faultOf, placedMarks } from './mark-placement.ts';
import { type PaintedLine, type SetLine, setByHarfBuzz } from './set-lines.ts';

/** HarfBuzz has no part in the painter's choice of words, lines and lamps: what it says of marks is a second opinion. */
const font = readSignFont();

const bare = (text: string) => text.replace(/\s/g, '');

/** What a page says, in the order in which it is read. */
function wordsOf({ content }: PaintRequest): string[] {
  if (content.type !== 'page') return [];
  const { title, text, hotline } = content.page;
  return [title ?? '', text, hotline ?? ''];
}

async function paintedLines(
  painter: ChildTextPainter,
  from: string,
  request: PaintRequest,
): Promise<PaintedLine[]> {
  const screens = await painter.paint(request);
  return compose(request, font).flatMap(({ layout }, index) => {
    const { bitmap, marquee } = screens[index] ?? {};
    const standing = bitmap ? layout.lines.map((line) => ({ from, line, bitmap })) : [];
    const strip = marquee?.strip;
    const running = strip
      ? (layout.running?.strip.lines ?? []).map((line) => ({ from, line, bitmap: strip }))
      : [];
    return [...standing, ...running];
  });
}

const faultsOf = ({ clusters, line, painted, expected }: SetLine) =>
  placedMarks(clusters, line.px, painted, expected).flatMap((mark) => faultOf(mark, line.px) ?? []);

describe.runIf(hasHarfBuzz)('beside HarfBuzz', () => {
  let painter: ChildTextPainter;
  let lines: SetLine[];
  beforeAll(async () => {
    painter = new ChildTextPainter({ childPath: await bundlePainterChild('shaper') });
    const painted: PaintedLine[] = [];
    for (const { name, request } of announcedPages())
      painted.push(...(await paintedLines(painter, name, request)));
    lines = await setByHarfBuzz(painted);
  });
  afterAll(() => painter.close());

  test('every mark of every line stands where the font has it, relative to its letter', () => {
    const marks = lines.flatMap(({ clusters, line, painted, expected }) =>
      placedMarks(clusters, line.px, painted, expected),
    );
    // The announcements hold some 150 marks, on five signs.
    expect(marks.length).toBeGreaterThan(700);
    expect(lines.flatMap((line) => faultsOf(line).map((fault) => `${line.from}: ${fault}`))).toEqual([]);
  });

  test('no line has a glyph of its own making: no dotted circle, no box for a letter that the font lacks', () => {
    const names = lines.flatMap(({ clusters }) =>
      clusters.flatMap(({ glyphs }) => glyphs.map(({ name }) => name)),
    );
    expect(names).toContain('uni0E01');
    expect(names.filter((name) => name === 'uni25CC' || name === '.notdef')).toEqual([]);
  });
  test.each(announcedPages())(
    'no line of $name begins inside a cluster, and none is lost',
    ({ name, request }) => {
      const said = wordsOf(request).map(bare);
      const [glyphs = []] = shaped(FONT_PATHS.SemiBold, [said.join('')]);
      const clusters = new Set(glyphs.map(({ cluster }) => cluster));
      let at = 0;
      for (const { line } of lines.filter(({ from }) => from === name)) {
        const text = bare(line.text);
        // A title in a bar stands over every screen.
        if (!said.join('').startsWith(text, at) && text === said[0]) continue;
        expect(said.join('').slice(at, at + text.length)).toBe(text);
        expect(clusters, `before ${line.text}`).toContain(at);
        at += text.length;
      }
      expect(at).toBe(said.join('').length);
    },
  );
});

/** The test of the test: what it must notice. */
describe.runIf(hasHarfBuzz)('noticed at once', () => {
  /** The tail of YO YING stands where SARA UU does and looks much like it; marks.test holds them apart. */
  const ALIKE = 'ญู';
  /** Sizes whose marks are the font's. */
  const SIZES_PX = [20, 24, 32];
  const HALF_LETTER_EM = 0.3;
  const said = samples.texts.map(({ title, text }) => `${title} ${text}`).join(' ');
  const marked = markedClusters().filter(({ cluster }) => cluster !== ALIKE && said.includes(cluster));
  let masks: MaskMaker;
  beforeAll(async () => {
    masks = await MaskMaker.start(font);
  });

  /** A line that should be one text, painted with another. */
  async function painted(text: string, as: string, px: number): Promise<PaintedLine> {
    const line = { text, px, left: px, baseline: 2 * px, colour: WHITE };
    const ground = { width: 3 * px + font.width(text, px), height: 3 * px, depth: 'rgb565' } as const;
    const drawn = new Map([[line, await masks.mask(as, px)]]);
    return { from: as, line, bitmap: drawScreen({ boxes: [], lines: [line] }, ground, drawn) };
  }

  test.each(SIZES_PX)('a mark that is lost, at %i px', async (px) => {
    const lines = await setByHarfBuzz(
      await Promise.all(marked.map(({ cluster, without }) => painted(cluster, without, px))),
    );
    expect(lines.length).toBeGreaterThan(100);
    const unnoticed = lines.filter((line) => faultsOf(line).length === 0);
    expect(unnoticed.map(({ line, from }) => `${line.text} painted as ${from}`)).toEqual([]);
  });

  test.each(SIZES_PX)('a mark that stands half a letter aside, at %i px', async (px) => {
    const single = marked.filter(({ cluster }) => cluster.match(/[\p{M}ำ]/gu)?.length === 1);
    const whole = await setByHarfBuzz(
      await Promise.all(single.map(({ cluster }) => painted(cluster, cluster, px))),
    );
    const bare = await setByHarfBuzz(
      await Promise.all(single.map(({ cluster, without }) => painted(cluster, without, px))),
    );
    const unnoticed = whole.filter((line, index) => {
      expect(faultsOf(line)).toEqual([]);
      const letters = bare[index]?.painted ?? line.painted;
      const mark: LineInk = (x, y) => line.painted(x, y) - letters(x, y);
      return (
        faultsOf({
          ...line,
          painted: (x, y) => Math.max(letters(x, y), mark(x - Math.round(HALF_LETTER_EM * px), y)),
        }).length === 0
      );
    });
    expect(unnoticed.map(({ line }) => line.text)).toEqual([]);
  });
});
