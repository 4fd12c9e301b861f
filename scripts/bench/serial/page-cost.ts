import { setTimeout as wait } from 'node:timers/promises';
import { wholePage } from '../../../device/board/board-diff.ts';
import { planRegion } from '../../../device/board/board-draw.ts';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import { boardPage } from '../../../device/board/board-pixels.ts';
import type { Bitmap, Marquee } from '../../../device/sign-ports.ts';
import { encodeAdalight } from '../../../device/signs/lamp-stream/adalight.ts';
import { encodeTpm2 } from '../../../device/signs/lamp-stream/tpm2.ts';
import type { Encoding } from '../../../firmware-protocol/serial/region.ts';
import { type BenchRow, median, rowOf } from '../row.ts';
import { BENCH_SIGN, type BenchPages } from './bench-pages.ts';
import { type FarEnd, nowMs } from './far-end.ts';
import { sendThrough, withBareLine, withLink } from './host-end.ts';

/** Bytes on the line to the sign, and ms until it was shown (and, with our board, read back). */
export interface Cost {
  bytes: number;
  ms: number;
}

const ENCODINGS: Encoding[] = ['raw', 'run-length', 'deflate'];
/** Long enough to see each of 60 steps a second, were one of them to cost a byte. */
const RUNNING_MS = 3_000;

/** Each kind of page over one paced line: ours, beside the same page as raw RGB565, Adalight and TPM2. */
export async function benchPageCosts(baud: number, pages: BenchPages): Promise<BenchRow[]> {
  const raw = await bareCosts(baud, pages.texts, (page) => boardPage(page).pixels);
  const adalight = await bareCosts(baud, pages.texts, ({ rgb }) => encodeAdalight(rgb));
  const tpm2 = await bareCosts(baud, pages.texts, ({ rgb }) => encodeTpm2(rgb));
  const own = await withLink({ ...BENCH_SIGN, baud }, async (link, far) => {
    const panel = new BoardPanel(link, BENCH_SIGN);
    // The last of them first, so that every page counted follows another of its kind and is new to the board.
    const fresh = async (bitmaps: Bitmap[]) => {
      await costOf(panel, far, dark());
      return await costsOf(panel, far, bitmaps);
    };
    const text = await fresh(pages.texts);
    const flip = await costsOf(panel, far, pages.texts);
    const photo = await fresh(pages.photo);
    const noise = await fresh(pages.noise);
    await costOf(panel, far, dark());
    const marquee = await costOf(panel, far, pages.running.page, pages.running.marquee);
    const running = await idleBytes(far);
    await costOf(panel, far, dark());
    const still = await idleBytes(far);
    return { text, flip, photo, noise, marquee, running, still };
  });
  const strip = boardPage(pages.running.marquee.strip);
  const leastStrip = planRegion(strip, wholePage(strip), ENCODINGS).bytes;
  const least = { bytes: leastStrip, ms: (leastStrip * 10 * 1_000) / baud };
  return [
    ...rows(`text`, baud, own.text, raw),
    ...rows(`flip`, baud, own.flip, raw),
    ...rows(`photo`, baud, own.photo, raw),
    ...rows(`noise`, baud, own.noise, raw),
    ...rows(`adalight`, baud, adalight, raw),
    ...rows(`tpm2`, baud, tpm2, raw),
    ...rows(`marquee`, baud, [own.marquee], [least]),
    rowOf({ name: `marquee running@${baud}`, unit: 'B/s', product: own.running, floor: own.still, runs: 1 }),
  ];
}

function rows(kind: string, baud: number, product: Cost[], floor: Cost[]): BenchRow[] {
  return (['bytes', 'ms'] as const).map((unit) =>
    rowOf({
      name: `page ${kind} ${unit}@${baud}`,
      unit,
      product: median(product.map((cost) => cost[unit])),
      floor: median(floor.map((cost) => cost[unit])),
      worst: Math.max(...product.map((cost) => cost[unit])),
      runs: product.length,
    }),
  );
}

async function bareCosts(
  baud: number,
  pages: Bitmap[],
  encode: (page: Bitmap) => Uint8Array,
): Promise<Cost[]> {
  return await withBareLine({ ...BENCH_SIGN, baud }, async (line, far) => {
    const costs: Cost[] = [];
    for (const page of pages) {
      const bytes = encode(page);
      costs.push({ bytes: bytes.length, ms: await sendThrough(line, far, bytes) });
    }
    return costs;
  });
}

async function costsOf(panel: BoardPanel, far: FarEnd, pages: Bitmap[]): Promise<Cost[]> {
  const costs: Cost[] = [];
  for (const page of pages) costs.push(await costOf(panel, far, page));
  return costs;
}

async function costOf(panel: BoardPanel, far: FarEnd, page: Bitmap, marquee?: Marquee): Promise<Cost> {
  const before = await far.count();
  const startedAt = nowMs();
  await panel.show(page, marquee);
  const ms = nowMs() - startedAt;
  const after = await far.count();
  return { bytes: after.bytes - before.bytes, ms };
}

/** Bytes a second to the board while nothing is asked of it: the pings that notice an unplugged cable. */
async function idleBytes(far: FarEnd): Promise<number> {
  const before = await far.count();
  await wait(RUNNING_MS);
  const after = await far.count();
  return ((after.bytes - before.bytes) * 1_000) / (after.at - before.at);
}

function dark(): Bitmap {
  const { width, height } = BENCH_SIGN;
  return { width, height, rgb: new Uint8Array(width * height * 3) };
}
