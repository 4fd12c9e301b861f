import type { TowerEvidence } from '../../firmware-protocol/content/report.ts';
import type { AmplifierRules } from '../amplifier/amplifier-rules.ts';
import { AMPLIFIER_TIMES, READINGS_THAT_TELL } from '../amplifier/amplifier-times.ts';
import type { PowerLog, Reading } from '../amplifier/power-log.ts';

type PowerEvidence = Pick<TowerEvidence, 'relay' | 'current_ma' | 'hottest_c'> &
  Partial<Pick<TowerEvidence, 'amplifier'>>;

const MILLI = 1_000;
/** One reading may fall on a relay that moves; two and more are a measurement. */
const MEASUREMENT_READINGS = 2;
/** An amplifier that has not answered for so long may have let go, whatever it was told. */
const SILENT_MS = READINGS_THAT_TELL.noCurrent * AMPLIFIER_TIMES.sampleMs;

/**
 * What is known of the amplifier while something sounded, from its first sample at `from` to `until` (monotonic ms). `amplifier` is
 * present where a measurement says more than its relay was told.
 */
export function powerProof(log: PowerLog, rules: AmplifierRules, from: number, until: number): PowerEvidence {
  const stretch = log.at(from);
  if (stretch === undefined) return {};
  const { onAt, settledAt, offAt, silentSince = until } = stretch;
  const sinceFirst = (at: number) => Math.round(at - from);
  const readings = stretch.readings.filter(({ at }) => at >= from && at <= until);
  const current = currentOf(readings);
  const hottest = Math.max(...readings.map(({ temperatureC }) => temperatureC ?? Number.NEGATIVE_INFINITY));
  const isSilent = until - Math.max(silentSince, from) >= SILENT_MS;
  const amplifier = verdictOf(readings, current, rules, { isSilent, cameOn: settledAt !== undefined });
  return {
    relay: {
      on_ms: sinceFirst(onAt),
      ...(settledAt !== undefined && { settled_ms: sinceFirst(settledAt) }),
      ...(offAt !== undefined && { off_ms: sinceFirst(offAt) }),
    },
    ...(current && { current_ma: current }),
    ...(Number.isFinite(hottest) && { hottest_c: Math.round(hottest) }),
    ...(amplifier && { amplifier }),
  };
}

function currentOf(readings: Reading[]): TowerEvidence['current_ma'] {
  const known = readings
    .flatMap(({ currentAmperes }) => (currentAmperes === undefined ? [] : Math.round(currentAmperes * MILLI)))
    .sort((a, b) => a - b);
  const [min] = known;
  const median = known[known.length >> 1];
  const max = known.at(-1);
  if (min === undefined || median === undefined || max === undefined) return undefined;
  return { min, median, max, readings: known.length };
}

/** What is known beats what is not: a failure that was measured, then silence, then current, then that it said that it came on. */
function verdictOf(
  readings: Reading[],
  current: TowerEvidence['current_ma'],
  { noCurrentMa }: AmplifierRules,
  { isSilent, cameOn }: { isSilent: boolean; cameOn: boolean },
): TowerEvidence['amplifier'] | undefined {
  if (readings.some(({ faults }) => faults.includes('relay-lost'))) return 'failed';
  if (current !== undefined && current.readings >= MEASUREMENT_READINGS && current.max < noCurrentMa)
    return 'failed';
  if (longestWithout(readings, noCurrentMa) >= READINGS_THAT_TELL.noCurrent) return 'failed';
  if (isSilent) return 'not-known';
  if (current !== undefined && current.readings >= MEASUREMENT_READINGS) return 'on';
  return cameOn ? undefined : 'not-known';
}

/** The most readings in a row of which each says that nothing flowed: an amplifier that let go in the middle was not on all the time. */
function longestWithout(readings: Reading[], noCurrentMa: number): number {
  let [longest, run] = [0, 0];
  for (const { currentAmperes } of readings) {
    if (currentAmperes === undefined) continue;
    run = currentAmperes * MILLI < noCurrentMa ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}
