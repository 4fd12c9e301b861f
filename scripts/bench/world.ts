import type { Cli } from '../cli.ts';
import { type Fate, liveThrough, type Tally } from '../virtual-world/fate.ts';
import type { BenchRow } from './row.ts';

export interface WorldOptions {
  /** Simulated years, each a world of its own. */
  years: number;
  /** Of the first year; the others count on. */
  seed: number;
}

const YEAR_DAYS = 365;
/** Of each year again, with the agent's real tower on hardware that breaks: each of its seconds costs a thousandth of one. */
const TOWER_DAYS = 30;
/** FAULTS F50. */
const POWER_CUTS_A_DAY = 3;
const HAPPENINGS_A_DAY = 6;
/** Some days of reports: what F49 does to 32 MiB in years. */
const REPORT_BYTES = 192 * 1_024;

/**
 * Simulated years of the real agent core: power cuts, lines, clocks and disks as the seed says, invariants I1-I9 after every
 * step. A breach ends the run and names its seed. `ratio` is what was lived beside what was asked for.
 */
export async function benchWorld(cli: Cli, { years, seed }: WorldOptions): Promise<BenchRow[]> {
  const whole: Tally[] = [];
  const towers: Tally[] = [];
  const live = async (fate: Fate, into: Tally[]) => {
    const tally = await liveThrough(fate);
    into.push(tally);
    cli.say(`seed ${fate.seed}: ${JSON.stringify(tally)}`);
  };
  for (let year = 0; year < years; year += 1) {
    const fate = {
      ...{ seed: seed + year, happeningsADay: HAPPENINGS_A_DAY, powerCutsADay: POWER_CUTS_A_DAY },
      startWall: Date.parse(`${2026 + (year % 4)}-06-01T06:00:00+07:00`),
      clocks: true,
    };
    await live({ ...fate, days: YEAR_DAYS, reportBytes: REPORT_BYTES }, whole);
    await live({ ...fate, days: TOWER_DAYS, realTower: true }, towers);
  }
  return rowsOf(whole, towers, years);
}

function rowsOf(whole: Tally[], towers: Tally[], years: number): BenchRow[] {
  const sum = (tallies: Tally[], of: (tally: Tally) => number) =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  const all = [...whole, ...towers];
  const days = sum(all, (tally) => tally.days);
  const cuts = days * POWER_CUTS_A_DAY;
  return [
    row('years', 'simulated years', sum(whole, (tally) => tally.days) / YEAR_DAYS, years, years),
    row(
      'days of a real tower',
      'days',
      sum(towers, (tally) => tally.days),
      TOWER_DAYS * years,
      years,
    ),
    row('kill points', 'power cuts', sum(all, kills), cuts, years),
    row('kill points in a write', 'power cuts', sum(all, inAWrite), cuts / 3, years),
    row('plays', 'heard or seen', sum(all, played), days, years),
    row('proofs', 'plays of a real tower', sum(towers, proven), TOWER_DAYS * years, years),
  ];
}

const played = (tally: Tally) => tally.played;
const kills = ({ killPoints }: Tally) => Object.values(killPoints).reduce((a, b) => a + b, 0);
const proven = ({ proofs }: Tally) => Object.values(proofs ?? {}).reduce((a, b) => a + b, 0);

function inAWrite({ killPoints }: Tally): number {
  return killPoints['before it is durable'] + killPoints['after it is durable'];
}

function row(name: string, unit: string, product: number, floor: number, runs: number): BenchRow {
  return { name, unit, product, floor, ratio: Number((product / floor).toPrecision(4)), runs };
}
