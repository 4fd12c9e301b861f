import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Cli } from '../../cli.ts';
import { bundlePath } from '../../virtual-village/hall.ts';
import { type BenchRow, median, rowOf } from '../row.ts';
import { type PaintedAnswer, PaintingProcess } from './painting-process.ts';

const RUNS = 5;
const SIGN = { width: 128, height: 64 };
/** The painter is let go after three seconds without work; then what is left is the agent's own. */
const PAINTER_GONE_MS = 4_000;

interface Run {
  first: number;
  later: number[];
  peakMiB: number;
  beforeMiB: number;
  afterMiB: number;
}

/**
 * Painting as the agent does it, in a painter that comes with the first page and goes when it has nothing to do, beside the
 * font engine alone drawing the same words: time of the first and of later pages, and what it costs in memory, there and in
 * the process that asked.
 */
export async function benchPanel(cli: Cli): Promise<BenchRow[]> {
  const texts = await announcements();
  const product: Run[] = [];
  const floor: Run[] = [];
  for (let run = 0; run < RUNS; run++) {
    cli.say(`run ${run + 1} of ${RUNS}`);
    product.push(await measure('panel-painting', texts, PAINTER_GONE_MS));
    floor.push(await measure('floor-painting', texts, 0));
  }
  const row = (name: string, unit: string, figure: (run: Run) => number, least: number) =>
    rowOf({
      name,
      unit,
      product: median(product.map(figure)),
      floor: least,
      worst: Math.max(...product.map(figure)),
      runs: RUNS,
    });
  const of = (figure: (run: Run) => number) => median(floor.map(figure));
  const before = median(product.map(({ beforeMiB }) => beforeMiB));
  return [
    row(
      'first page',
      'ms',
      ({ first }) => first,
      of(({ first }) => first),
    ),
    row(
      'later page',
      'ms',
      ({ later }) => median(later),
      of(({ later }) => median(later)),
    ),
    row(
      'painter peak',
      'MiB',
      ({ peakMiB }) => peakMiB,
      of(({ peakMiB }) => peakMiB),
    ),
    row('memory after pages', 'MiB', ({ afterMiB }) => afterMiB, before),
  ];
}

async function measure(
  name: 'panel-painting' | 'floor-painting',
  texts: string[],
  settleMs: number,
): Promise<Run> {
  const painting = await PaintingProcess.start(name);
  try {
    const beforeMiB = await painting.residentMiB();
    const answers: PaintedAnswer[] = [];
    for (const text of texts) answers.push(await painting.paint({ ...SIGN, text }));
    await wait(settleMs);
    const [first, ...later] = answers.map(({ ms }) => ms);
    return {
      // The floor's engine starts with its process, that of the agent with its first page.
      first: (first ?? 0) + (name === 'floor-painting' ? painting.startMs : 0),
      later,
      peakMiB: Math.max(...answers.map(({ painterPeakMiB }) => painterPeakMiB)),
      beforeMiB,
      afterMiB: await painting.residentMiB(),
    };
  } finally {
    await painting.end();
  }
}

/** The sample announcements of the demo: real lengths, every mark. */
async function announcements(): Promise<string[]> {
  const root = dirname(dirname(bundlePath('prakat')));
  const path = join(root, 'scripts/virtual-village/announcements.th.json');
  const { texts }: { texts: { text: string }[] } = JSON.parse(await readFile(path, 'utf8'));
  return texts.map(({ text }) => text);
}
