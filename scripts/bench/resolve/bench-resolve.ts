import { RRuleTemporal } from 'rrule-temporal';
import { occurrencesBetween } from '../../../firmware-protocol/content/recurrence.ts';
import { parseRule } from '../../../firmware-protocol/content/recurrence-rule.ts';
import { resolve } from '../../../firmware-protocol/content/resolver.ts';
import type { Cli } from '../../cli.ts';
import { type BenchRow, median, rowOf } from '../row.ts';
import { type RandomRule, randomRules } from './random-rules.ts';
import { countryOf, explainAlone, explainTogether } from './thousand-villages.ts';

const SEED = 41;
const RULES = 1_000;
const DAYS = 7;
/** A Monday. */
const FROM_MS = Date.parse('2026-11-09T00:00:00+07:00');
const TO_MS = FROM_MS + DAYS * 86_400_000;
/** Both sides each time; the other tool takes seconds. */
const RUNS = 3;
/** Of ours for each of theirs: a server that has run for a minute is asked, not one that has just begun. */
const TURNS = 10;

const TIMES_FASTER = 20;

/** Occurrences of rules beside rrule-temporal, which must find the same; and a week of a whole province explained. */
export async function benchResolve(cli: Cli): Promise<BenchRow[]> {
  return [rulesRow(cli), explainRow(cli)];
}

function rulesRow(cli: Cli): BenchRow {
  const rules = randomRules(SEED, RULES);
  const [own, floor]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run++) {
    const [theirs, floorMs] = timed(() => rules.map(referenceStartsOf));
    for (let turn = 0; turn < TURNS; turn++) {
      const [ours, ownMs] = timed(() => rules.map(startsOf));
      refuseDifference(rules, ours, theirs);
      own.push(ownMs);
    }
    floor.push(floorMs);
    cli.progress('resolve', (run + 1) / RUNS);
  }
  const row = rowOf({
    name: `${RULES} rules, ${DAYS} days`,
    unit: 'ms',
    product: median(own),
    floor: median(floor),
    worst: Math.max(...own),
    runs: RUNS * TURNS,
  });
  return { ...row, pass: row.ratio <= 1 / TIMES_FASTER };
}

function startsOf({ starts, rule }: RandomRule): number[] {
  const parsed = parseRule(rule);
  if (!parsed.ok) throw new Error(`${rule}: ${parsed.fault.part} ${parsed.fault.what}`);
  return occurrencesBetween(parsed.rule, starts, [], FROM_MS, TO_MS, Number.POSITIVE_INFINITY);
}

function referenceStartsOf({ starts, rule }: RandomRule): number[] {
  const rruleString = `DTSTART;TZID=Asia/Bangkok:${starts.replace(/[-:]/g, '')}\nRRULE:${rule}`;
  return new RRuleTemporal({ rruleString })
    .between(new Date(FROM_MS), new Date(TO_MS - 1), true)
    .map((each) => each.epochMilliseconds);
}

/** Figures of sides that disagree mean nothing. */
function refuseDifference(rules: RandomRule[], ours: number[][], theirs: number[][]): void {
  for (const [at, { starts, rule }] of rules.entries())
    if (JSON.stringify(ours[at]) !== JSON.stringify(theirs[at]))
      throw new Error(`seed ${SEED}, ${starts} ${rule}: ${ours[at]} beside ${theirs[at]}`);
}

/** The whole province in one run, beside each village by itself as its box does it; they must say the same. */
function explainRow(cli: Cli): BenchRow {
  const country = countryOf(SEED);
  cli.progress('explain', 0);
  const [alone, floorMs] = timed(() => explainAlone(country, FROM_MS, TO_MS, resolve));
  const own: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const [together, ownMs] = timed(() => explainTogether(country, FROM_MS, TO_MS));
    if (together !== alone) throw new Error(`explained together ${together} lines, alone ${alone}`);
    own.push(ownMs);
    cli.progress('explain', (run + 1) / RUNS);
  }
  return rowOf({
    name: `explain ${country.entries} entries, ${country.villages.length} villages, ${DAYS} days`,
    unit: 'ms',
    product: median(own),
    floor: floorMs,
    worst: Math.max(...own),
    runs: RUNS,
  });
}

function timed<T>(work: () => T): [T, number] {
  const began = performance.now();
  const result = work();
  return [result, performance.now() - began];
}
