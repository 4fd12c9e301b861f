import { beforeAll, describe, expect, test } from 'vitest';
import { MaskMaker } from '../../../device/drivers/painter/masks.ts';
import { drawScreen, type Mask } from '../../../device/panel/layout/canvas.ts';
import { WHITE } from '../../../device/panel/layout/palette.ts';
import { OFFERED_PX } from '../../../device/panel/layout/type-sizes.ts';
import type { Bitmap, Depth } from '../../../device/sign-ports.ts';
import { signFont } from '../../unit/panel/layout/font.ts';
import { markedClusters } from './mark-clusters.ts';
import { type Ink, inkOf, lampsApart, sizeOf } from './mark-distance.ts';

/**
 * No mark is ever lost: each one changes lamps, and is told from each other mark that could stand in its place, at every size and
 * depth on offer. By two lamps, each by half of its light or more: a single one is what hinting adds to or takes from a stroke by
 * chance, and may be a dead lamp; the tick that makes SARA II of SARA I is no larger where letters are smallest.
 */
const LEAST = { seen: 2, apart: 2 } as const;
const DEPTHS: Depth[] = ['mono', 'rgb565'];
/** Larger letters give the same marks more lamps: from 80 to 112 px they were held to it once, for a minute each. */
const SIZES_PX = OFFERED_PX.filter((px) => px <= 64);

const font = signFont();
const marked = markedClusters();
const clusters = [
  ...new Set(marked.flatMap(({ cluster, without, others }) => [cluster, without, ...others])),
];

let masks: MaskMaker;
beforeAll(async () => {
  masks = await MaskMaker.start(font);
});

/** Many clusters in one line, far from each other: one drawing by the font engine costs as much as forty of them. */
const PER_LINE = 40;
const GAP = '    ';

const drawings = new Map<number, Promise<Map<string, Mask>>>();

function drawnAt(px: number): Promise<Map<string, Mask>> {
  const drawing = drawings.get(px) ?? draw(px);
  drawings.set(px, drawing);
  return drawing;
}

async function draw(px: number): Promise<Map<string, Mask>> {
  const drawn = new Map<string, Mask>();
  for (let from = 0; from < clusters.length; from += PER_LINE) {
    const part = clusters.slice(from, from + PER_LINE);
    const line = await masks.mask(part.map((cluster) => GAP + cluster).join('') + GAP, px);
    let left = line.origin;
    for (const cluster of part) {
      const width = 2 * font.width(GAP, px) + font.width(cluster, px);
      drawn.set(cluster, cutOut(line, left, width));
      left += width - font.width(GAP, px);
    }
  }
  return drawn;
}

function cutOut({ width: all, height, coverage, baseline }: Mask, left: number, width: number): Mask {
  const rows = Array.from({ length: height }, (_, row) =>
    coverage.subarray(row * all + left, row * all + left + width),
  );
  return { width, height, coverage: Buffer.concat(rows), origin: 0, baseline };
}

function shown(mask: Mask, px: number, depth: Depth): Bitmap {
  const line = { text: '', px, left: 0, baseline: mask.baseline, colour: WHITE };
  const { width, height } = mask;
  return drawScreen({ boxes: [], lines: [line] }, { width, height, depth }, new Map([[line, mask]]));
}

interface Lost {
  pair: string;
  lamps: number;
}

/** The marks of a size that are not seen, or are taken for another. */
async function lostAt(px: number, depth: Depth): Promise<Lost[]> {
  const pictures = new Map([...(await drawnAt(px))].map(([text, mask]) => [text, shown(mask, px, depth)]));
  const picture = (text: string) => pictures.get(text) ?? expect.fail(`${text} was not drawn`);
  const inks = new Map<string, Ink>();
  const inkBeside = (text: string, without: string) => {
    const ink = inks.get(`${text} ${without}`) ?? inkOf(picture(text), picture(without));
    inks.set(`${text} ${without}`, ink);
    return ink;
  };
  return marked.flatMap(({ cluster, without, others }) => {
    const ink = inkBeside(cluster, without);
    const lost = others
      .map((other) => ({
        pair: `${cluster} ${other}`,
        lamps: lampsApart(ink, inkBeside(other, without), LEAST.apart),
      }))
      .filter(({ lamps }) => lamps < LEAST.apart);
    const seen = sizeOf(ink);
    return seen < LEAST.seen ? [...lost, { pair: `${cluster} ${without}`, lamps: seen }] : lost;
  });
}

describe.each(DEPTHS)('%s', (depth) => {
  test.each(SIZES_PX)('at %i px every mark is seen, and seen which one it is', async (px) => {
    expect(await lostAt(px, depth)).toEqual([]);
  });

  test.each([10, 11, 14])('%i px is not on offer: marks are lost', async (px) => {
    expect(OFFERED_PX).not.toContain(px);
    expect((await lostAt(px, depth)).length).toBeGreaterThan(0);
  });
});

test('where lamps are of three colours, all three are lit where one lamp of one colour is', async () => {
  for (const px of OFFERED_PX) {
    const mask = await masks.mask('ที่นี่ ปั๊มน้ำ กตัญญู', px);
    expect(Buffer.compare(shown(mask, px, 'rgb111').rgb, shown(mask, px, 'mono').rgb)).toBe(0);
  }
});
