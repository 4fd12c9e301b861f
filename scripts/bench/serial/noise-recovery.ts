import { setTimeout as wait } from 'node:timers/promises';
import { BoardPanel } from '../../../device/board/board-panel.ts';
import type { Bitmap } from '../../../device/sign-ports.ts';
import { type BenchRow, median, rowOf } from '../row.ts';
import { BENCH_SIGN } from './bench-pages.ts';
import { nowMs } from './far-end.ts';
import { withLink } from './host-end.ts';

/** Of a motor or a loose ground: one bit in so many. Few frames survive it, and a session now and then does not. */
const FLIP_ONE_BIT_IN = 600;
const NOISE_MS = 2_000;
const RETRY_MS = 10;

/**
 * From the end of two seconds of heavy noise until a page stands on the sign and was read back, beside the same page on the
 * same line before the noise, ms.
 */
export async function benchNoiseRecovery(baud: number, pages: Bitmap[], runs: number): Promise<BenchRow> {
  const quiet: number[] = [];
  const after: number[] = [];
  for (let run = 0; run < runs; run++) {
    await withLink({ ...BENCH_SIGN, baud }, async (link, far) => {
      const panel = new BoardPanel(link, BENCH_SIGN);
      const [first, second, third] = [0, 1, 2].map((next) => pages[(run + next) % pages.length]);
      if (first === undefined || second === undefined || third === undefined)
        throw new Error('too few pages');
      await panel.show(first);
      quiet.push(await timed(() => panel.show(second)));

      await far.setFaults({ flipOneBitIn: FLIP_ONE_BIT_IN });
      const noisy = { on: true };
      const trying = keepShowing(panel, [first, second], () => noisy.on);
      await wait(NOISE_MS);
      await far.setFaults({});
      after.push(await timed(() => shownAtLast(panel, third)));
      noisy.on = false;
      await trying;
    });
  }
  return rowOf({
    name: `first page after noise@${baud}`,
    unit: 'ms',
    product: median(after),
    floor: median(quiet),
    worst: Math.max(...after),
    runs,
  });
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = nowMs();
  await work();
  return nowMs() - startedAt;
}

/** As the agent does: a page that failed is tried again. */
async function shownAtLast(panel: BoardPanel, page: Bitmap): Promise<void> {
  for (;;) {
    const shown = await panel.show(page).catch(() => undefined);
    if (shown !== undefined && shown.crc === shown.boardCrc) return;
    await wait(RETRY_MS);
  }
}

async function keepShowing(panel: BoardPanel, pages: Bitmap[], goesOn: () => boolean): Promise<void> {
  for (let next = 0; goesOn(); next++) {
    const page = pages[next % pages.length];
    if (page !== undefined) await panel.show(page).catch(() => wait(RETRY_MS));
  }
}
