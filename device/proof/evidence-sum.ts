import type { TowerEvidence } from '../../firmware-protocol/content/report.ts';

type Proof = Pick<TowerEvidence, 'rms_cdbfs' | 'relay' | 'current_ma' | 'hottest_c' | 'heard'>;

/** The proof of two stretches of one play, `now` after `before`. The relay is that of the last stretch; the rest is of both. */
export function addProof(before: TowerEvidence, now: TowerEvidence): Proof {
  return {
    ...given('rms_cdbfs', rmsOf(before, now)),
    ...given('relay', now.relay ?? before.relay),
    ...given('current_ma', currentOf(before.current_ma, now.current_ma)),
    ...given('hottest_c', highest(before.hottest_c, now.hottest_c)),
    ...given('heard', heardOf(before.heard, now.heard)),
  };
}

/** By their power and their length: what is twice as long counts twice. */
function rmsOf(before: TowerEvidence, now: TowerEvidence): number | undefined {
  if (before.rms_cdbfs === undefined) return now.rms_cdbfs;
  if (now.rms_cdbfs === undefined) return before.rms_cdbfs;
  const power = powerOf(before.rms_cdbfs) * before.frames + powerOf(now.rms_cdbfs) * now.frames;
  const frames = before.frames + now.frames;
  return frames === 0 ? now.rms_cdbfs : Math.round(1_000 * Math.log10(power / frames));
}

function powerOf(centibels: number): number {
  return 10 ** (centibels / 1_000);
}

function currentOf(
  a: TowerEvidence['current_ma'],
  b: TowerEvidence['current_ma'],
): TowerEvidence['current_ma'] {
  if (a === undefined || b === undefined) return b ?? a;
  const readings = a.readings + b.readings;
  return {
    min: Math.min(a.min, b.min),
    // Of two medians nobody can tell that of all: the one of the longer stretch stands.
    median: a.readings > b.readings ? a.median : b.median,
    max: Math.max(a.max, b.max),
    readings,
  };
}

function highest(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (b ?? a) : Math.max(a, b);
}

/** One stretch that nobody heard is worth knowing, also when the next one was heard. */
function heardOf(a: TowerEvidence['heard'], b: TowerEvidence['heard']): TowerEvidence['heard'] {
  return a?.heard === 'no' ? a : (b ?? a);
}

function given<K extends string, V>(name: K, value: V | undefined): { [name in K]?: V } {
  return value === undefined ? {} : ({ [name]: value } as { [name in K]?: V });
}
