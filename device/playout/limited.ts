import type { Clock } from '../ports.ts';
import type { Cut, Performance, Performed } from './play.ts';

/** How long a performance may go on, ms, and what is told when that ends it. */
export interface Limit {
  ms: number;
  reason: string;
}

/** `setTimeout` holds 24 days; nothing that is performed lasts that long. */
const LONGEST_MS = 2 ** 31 - 1;

/** Performs, and ends it as a stop would when the limit is reached: then it failed for that reason. */
export async function performWithin(
  { ms, reason }: Limit,
  clock: Pick<Clock, 'after'>,
  performance: Performance,
  ...[signal, at, latest]: Parameters<Performance['perform']>
): Promise<Performed> {
  if (ms > LONGEST_MS) return performance.perform(signal, at, latest);
  const limit = new AbortController();
  const forget = clock.after(ms, () => limit.abort('stopped' satisfies Cut));
  try {
    const performed = await performance.perform(AbortSignal.any([signal, limit.signal]), at, latest);
    const isByLimit = performed.end === 'cut' && limit.signal.aborted && !signal.aborted;
    return isByLimit ? { ...performed, end: 'failed', reason } : performed;
  } finally {
    forget();
  }
}
