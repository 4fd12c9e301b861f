import type { Cli } from '../cli.ts';
import { liveThrough, type Tally } from '../virtual-world/fate.ts';
import type { BenchRow } from './row.ts';

export interface WorldOptions {
  /** Simulated years, each a world of its own. */
  years: number;
  /** Of the first year; the others count on. */
  seed: number;
}

const YEAR_DAYS = 365;
/** FAULTS F50. */
const POWER_CUTS_A_DAY = 3;
const HAPPENINGS_A_DAY = 6;

/**
 * Simulated years of the real agent core: power cuts, lines, clocks and disks as the seed says, invariants I1-I9 after every
 * step. A breach ends the run and names its seed. `ratio` is what was lived beside what was asked for.
 */
export async function benchWorld(cli: Cli, { years, seed }: WorldOptions): Promise<BenchRow[]> {
  const lived: Tally[] = [];
  for (let year = 0; year < years; year += 1) {
    const fate = { seed: seed + year, days: YEAR_DAYS, happeningsADay: HAPPENINGS_A_DAY };
    const startWall = Date.parse(`${2026 + (year % 4)}-06-01T06:00:00+07:00`);
    const tally = await liveThrough({ ...fate, powerCutsADay: POWER_CUTS_A_DAY, startWall });
    lived.push(tally);
    cli.say(`seed ${fate.seed}: ${JSON.stringify(tally)}`);
  }
  const sum = (of: (tally: Tally) => number) => lived.reduce((total, tally) => total + of(tally), 0);
  const kills = (tally: Tally) => Object.values(tally.killPoints).reduce((a, b) => a + b, 0);
  const days = sum((tally) => tally.days);
  return [
    row('years', 'simulated years', days / YEAR_DAYS, years, years),
    row('kill points', 'power cuts', sum(kills), days * POWER_CUTS_A_DAY, years),
    row('kill points in a write', 'power cuts', sum(inAWrite), (days * POWER_CUTS_A_DAY) / 3, years),
    row(
      'plays',
      'heard or seen',
      sum((tally) => tally.played),
      days,
      years,
    ),
  ];
}

function inAWrite({ killPoints }: Tally): number {
  return killPoints['before it is durable'] + killPoints['after it is durable'];
}

function row(name: string, unit: string, product: number, floor: number, runs: number): BenchRow {
  return { name, unit, product, floor, ratio: Number((product / floor).toPrecision(4)), runs };
}
