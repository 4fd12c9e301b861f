import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { wholePage } from '../../device/board/board-diff.ts';
import { drawRegion } from '../../device/board/board-draw.ts';
import type { BoardRequest } from '../../device/board/board-job.ts';
import { BoardLink } from '../../device/board/board-link.ts';
import type { BoardPage } from '../../device/board/board-pixels.ts';
import { openLine } from '../../device/drivers/line.ts';
import { systemClock, systemRandom } from '../../device/drivers/system-clock.ts';
import { crc32 } from '../../firmware-protocol/serial/crc32.ts';
import { type FarDevice, type Plug, plugIn } from '../virtual-board/plug.ts';
import { VirtualBoard } from '../virtual-board/virtual-board.ts';
import { type BenchRow, rowOf } from './row.ts';

export interface SerialBenchOptions {
  bauds?: number[];
  runs?: number;
}

const BAUDS = [115_200, 921_600, 3_000_000];
const RUNS = 3;
const PRODUCT_SECONDS = 2;
const FLOOR_SECONDS = 1;
const WIDTH = 128;
const HEIGHT = 64;
const PAGE_BYTES = WIDTH * HEIGHT * 2;
const WRITE_BYTES = 4_096;
const BITS_PER_BYTE = 10;
/** Pages until bodies have grown to what the line can take. */
const WARM_PAGES = 2;

/**
 * Raw pages through link, driver, pty and virtual board, beside plain bytes through the same driver and pty; both are
 * held to the baud rate at the far end. Figures in pixel bytes, and bytes, per second.
 */
export async function benchSerial({
  bauds = BAUDS,
  runs = RUNS,
}: SerialBenchOptions = {}): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  for (const baud of bauds) {
    const measured: { product: number; floor: number }[] = [];
    for (let run = 0; run < runs; run++) {
      measured.push({ floor: await plainBytesPerSecond(baud), product: await pixelBytesPerSecond(baud) });
    }
    measured.sort((a, b) => a.product / a.floor - b.product / b.floor);
    const { product, floor } = measured[Math.floor(runs / 2)] ?? { product: 0, floor: 1 };
    const worst = Math.min(...measured.map((one) => one.product));
    rows.push(rowOf({ name: `goodput@${baud}`, unit: 'B/s', product, floor, worst, runs }));
  }
  return rows;
}

async function plainBytesPerSecond(baud: number): Promise<number> {
  const bytes = Math.round((baud / BITS_PER_BYTE) * FLOOR_SECONDS);
  let arrived = 0;
  let allArrived: () => void = () => {};
  const finished = new Promise<void>((resolve) => {
    allArrived = resolve;
  });
  const counter: FarDevice = {
    receive: (chunk) => {
      arrived += chunk.length;
      if (arrived >= bytes) allArrived();
      return [];
    },
  };
  return await overPacedLine(baud, counter, async (plug) => {
    const line = openLine(specAt(plug, baud));
    await line.open({ onBytes: () => {}, onClosed: () => {} });
    const startedAt = performance.now();
    for (let sent = 0; sent < bytes; sent += WRITE_BYTES) {
      await line.write(new Uint8Array(Math.min(WRITE_BYTES, bytes - sent)).fill(0x55));
    }
    await finished;
    const seconds = (performance.now() - startedAt) / 1_000;
    await line.close();
    return bytes / seconds;
  });
}

async function pixelBytesPerSecond(baud: number): Promise<number> {
  const board = new VirtualBoard({ width: WIDTH, height: HEIGHT });
  const pages = Math.max(1, Math.round(((baud / BITS_PER_BYTE) * PRODUCT_SECONDS) / PAGE_BYTES));
  return await overPacedLine(baud, board, async (plug) => {
    const link = new BoardLink({
      line: openLine(specAt(plug, baud)),
      clock: systemClock,
      random: systemRandom,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    await welcomed(link);
    await link.run(rawPages(link, WARM_PAGES));
    const startedAt = performance.now();
    const shown = await link.run(rawPages(link, pages));
    const seconds = (performance.now() - startedAt) / 1_000;
    await link.stop();
    if (shown.length !== pages || board.display.pages !== pages + WARM_PAGES)
      throw new Error('a page was not shown');
    return (pages * PAGE_BYTES) / seconds;
  });
}

/** Pages of noise, drawn whole, shown and read back, one right after the other. */
function* rawPages(link: BoardLink, count: number): Generator<BoardRequest> {
  const limits = { encodings: link.board?.encodings ?? [], bodyBytes: () => link.bodyBytes() };
  for (let n = 0; n < count; n++) {
    const page: BoardPage = {
      width: WIDTH,
      height: HEIGHT,
      pixels: crypto.getRandomValues(new Uint8Array(PAGE_BYTES)),
    };
    for (const body of drawRegion(page, wholePage(page), limits)) yield { name: 'draw-region', body };
    yield { name: 'commit', body: { crc: crc32(page.pixels) } };
    yield { name: 'status-ask', body: {} };
  }
}

function specAt({ spec }: Plug, baud: number): string {
  return spec.startsWith('tcp:') ? spec : `${spec}@${baud}`;
}

function welcomed(link: BoardLink): Promise<void> {
  return new Promise((resolve) => {
    link.onChange((there) => there && resolve());
    link.start();
  });
}

async function overPacedLine<T>(
  baud: number,
  device: FarDevice,
  use: (plug: Plug) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'prakat-bench-'));
  const pace = { bytesPerSecond: baud / BITS_PER_BYTE };
  const plug = await plugIn(device, folder, { toBoard: pace, toHost: pace });
  try {
    return await use(plug);
  } finally {
    await plug.unplug();
    await rm(folder, { recursive: true, force: true });
  }
}
