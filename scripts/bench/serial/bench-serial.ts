import type { Cli } from '../../cli.ts';
import type { BenchRow } from '../row.ts';
import { benchPages } from './bench-pages.ts';
import { benchGoodput } from './goodput.ts';
import { benchNoiseRecovery } from './noise-recovery.ts';
import { benchPageCosts } from './page-cost.ts';
import { serialChecks } from './serial-checks.ts';

export interface SerialBenchOptions {
  bauds?: number[];
  runs?: number;
}

const BAUDS = [115_200, 921_600, 3_000_000];
const RUNS = 3;
const NOISE_RUNS = 5;
const NOISE_BAUD = 921_600;

/**
 * What the board wire makes of a line, beside the line itself and beside what others send: goodput, bytes and time of each
 * kind of page, recovery from noise, the host's work. The far end is another process, held to the baud rate.
 */
export async function benchSerial(
  cli: Cli,
  { bauds = BAUDS, runs = RUNS }: SerialBenchOptions = {},
): Promise<BenchRow[]> {
  const rows: BenchRow[] = [];
  const pages = await benchPages();
  for (const baud of bauds) {
    cli.say(`${baud} baud`);
    rows.push(...(await benchGoodput(baud, runs)));
    rows.push(...(await benchPageCosts(baud, pages)));
  }
  cli.say('noise');
  rows.push(await benchNoiseRecovery(NOISE_BAUD, pages.texts, NOISE_RUNS));
  const checks = serialChecks(rows);
  for (const { row, says, kept, found } of checks)
    cli.say(`${kept ? 'pass' : 'FAIL'}  ${row}: ${says} (${found})`);
  return rows.map((row) => {
    const own = checks.filter((check) => check.row === row.name);
    return own.length === 0 ? row : { ...row, pass: own.every(({ kept }) => kept) };
  });
}
