/** One measured figure of a benchmark, beside the least the job can cost, both of the same run. */
export interface BenchRow {
  name: string;
  unit: string;
  product: number;
  /** The same job done with as little as it can be done. */
  floor: number;
  /** product / floor. */
  ratio: number;
  /** The worst single run, where it means something. */
  worst?: number;
  runs: number;
  /** Whether it keeps what the project promises of it; absent where nothing is promised. */
  pass?: boolean;
}

export function rowOf(figures: Omit<BenchRow, 'ratio'>): BenchRow {
  const round = (value: number) => Number(value.toPrecision(5));
  return {
    ...figures,
    product: round(figures.product),
    floor: round(figures.floor),
    ratio: round(figures.product / figures.floor),
    ...(figures.worst === undefined ? {} : { worst: round(figures.worst) }),
  };
}

/** The value below which `share` (0..1) of the samples lie, by nearest rank. Throws on no samples. */
export function percentile(samples: number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b);
  const value = sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))];
  if (value === undefined) throw new RangeError('percentile of no samples');
  return value;
}

export const median = (samples: number[]): number => percentile(samples, 0.5);
