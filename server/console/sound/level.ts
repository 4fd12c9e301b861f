/** dB below full scale at which speech is too quiet to be lifted without its noise, and at which it is distorted. */
export const QUIET_DBFS = -36;
export const LOUD_DBFS = -1;
/** The left end of the meter. */
export const FLOOR_DBFS = -60;

export type Verdict = 'levelLow' | 'levelGood' | 'levelHigh';

/** The highest sample of a block, 0 to 1. */
export function peakOf(block: Float32Array): number {
  let peak = 0;
  for (const sample of block) peak = Math.max(peak, Math.abs(sample));
  return peak;
}

export const dbfsOf = (peak: number): number =>
  Math.max(FLOOR_DBFS, 20 * Math.log10(Math.max(peak, Number.EPSILON)));

export function verdictOf(dbfs: number): Verdict {
  if (dbfs < QUIET_DBFS) return 'levelLow';
  return dbfs > LOUD_DBFS ? 'levelHigh' : 'levelGood';
}
