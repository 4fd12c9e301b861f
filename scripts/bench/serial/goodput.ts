import { wholePage } from '../../../device/board/board-diff.ts';
import { drawRegion } from '../../../device/board/board-draw.ts';
import type { BoardRequest } from '../../../device/board/board-job.ts';
import type { BoardLink } from '../../../device/board/board-link.ts';
import type { BoardPage } from '../../../device/board/board-pixels.ts';
import { crc32 } from '../../../firmware-protocol/serial/crc32.ts';
import { type BenchRow, rowOf } from '../row.ts';
import { BENCH_SIGN, noisePage } from './bench-pages.ts';
import { sendThrough, withBareLine, withLink } from './host-end.ts';

const PRODUCT_SECONDS = 2;
const FLOOR_SECONDS = 1;
const BITS_PER_BYTE = 10;
const PAGE_BYTES = BENCH_SIGN.width * BENCH_SIGN.height * 2;
/** Pages until bodies have grown to what the line can take. */
const WARM_PAGES = 2;

/** What a stretch of pages brought, and what it cost this process. */
interface Stretch {
  bytesPerSecond: number;
  processorShare: number;
}

/**
 * Pages that nothing makes smaller, drawn whole, shown and read back, one right after the other, beside plain bytes through
 * the same driver and pty; both are held to the baud rate at the far end. In bytes of pixels, and bytes, per second; and the share of
 * one processor that the sending process took.
 */
export async function benchGoodput(baud: number, runs: number): Promise<BenchRow[]> {
  const measured: { plain: Stretch; full: Stretch; single: Stretch }[] = [];
  for (let run = 0; run < runs; run++) {
    measured.push({ plain: await plainBytes(baud), full: await pages(baud), single: await pages(baud, 1) });
  }
  const row = (name: string, unit: string, figure: (one: (typeof measured)[number]) => [number, number]) => {
    const figures = measured.map(figure).sort(([a, b], [c, d]) => a / b - c / d);
    const [product, floor] = figures[Math.floor(runs / 2)] ?? [0, 1];
    return { row: { name, unit, product, floor, runs }, products: figures.map(([one]) => one) };
  };
  const goodput = row(`goodput@${baud}`, 'B/s', ({ full, plain }) => [
    full.bytesPerSecond,
    plain.bytesPerSecond,
  ]);
  const single = row(`goodput without window@${baud}`, 'B/s', (one) => [
    one.single.bytesPerSecond,
    one.plain.bytesPerSecond,
  ]);
  const share = row(`host processor@${baud}`, '%', ({ full, plain }) => [
    100 * full.processorShare,
    100 * plain.processorShare,
  ]);
  return [
    rowOf({ ...goodput.row, worst: Math.min(...goodput.products) }),
    rowOf({ ...single.row, worst: Math.min(...single.products) }),
    rowOf({ ...share.row, worst: Math.max(...share.products) }),
  ];
}

async function plainBytes(baud: number): Promise<Stretch> {
  const bytes = new Uint8Array(Math.round((baud / BITS_PER_BYTE) * FLOOR_SECONDS)).fill(0x55);
  return await withBareLine({ ...BENCH_SIGN, baud }, async (line, far) => {
    const before = process.cpuUsage();
    const ms = await sendThrough(line, far, bytes);
    return { bytesPerSecond: (bytes.length * 1_000) / ms, processorShare: processorShare(before, ms) };
  });
}

async function pages(baud: number, window?: number): Promise<Stretch> {
  const count = Math.max(1, Math.round(((baud / BITS_PER_BYTE) * PRODUCT_SECONDS) / PAGE_BYTES));
  const made = Array.from({ length: WARM_PAGES + count }, () => noisePage());
  return await withLink({ ...BENCH_SIGN, baud, ...(window && { window }) }, async (link, far) => {
    await link.run(pageRequests(link, made.slice(0, WARM_PAGES)));
    const before = process.cpuUsage();
    const startedAt = performance.now();
    const answers = await link.run(pageRequests(link, made.slice(WARM_PAGES)));
    const ms = performance.now() - startedAt;
    const share = processorShare(before, ms);
    if (answers.length !== count || (await far.count()).pages !== made.length)
      throw new Error('a page was not shown');
    return { bytesPerSecond: (count * PAGE_BYTES * 1_000) / ms, processorShare: share };
  });
}

/** Of one processor, 0 to 1. */
function processorShare(before: NodeJS.CpuUsage, ms: number): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000 / ms;
}

function* pageRequests(link: BoardLink, made: BoardPage[]): Generator<BoardRequest> {
  const limits = { encodings: link.board?.encodings ?? [], bodyBytes: () => link.bodyBytes() };
  for (const page of made) {
    for (const body of drawRegion(page, wholePage(page), limits)) yield { name: 'draw-region', body };
    yield { name: 'commit', body: { crc: crc32(page.pixels) } };
    yield { name: 'status-ask', body: {} };
  }
}
