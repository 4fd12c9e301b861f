import type { Clock } from '../ports.ts';
import { UPDATE_TIMES } from './update-times.ts';

/** What a new version must show; each was so under the version before, else it is not asked. */
export interface TrialSigns {
  /** Something was written durably and read back. */
  storeWorks: () => Promise<boolean>;
  /** Outputs that worked before and work again. */
  outputsWork: () => boolean;
  /** The line to the broker was up at least once. */
  linked: () => boolean;
}

export type TrialResult = { kept: true } | { kept: false; reason: string };

/**
 * The health gate: resolves as soon as everything works and the version has lived a while, or when its time is over,
 * with the first thing that did not. The signal ends it without a result.
 */
export function untilProved(
  { storeWorks, outputsWork, linked }: TrialSigns,
  clock: Pick<Clock, 'monotonic' | 'after'>,
  signal: AbortSignal,
): Promise<TrialResult> {
  const began = clock.monotonic();
  const missing = async (): Promise<string | undefined> => {
    if (!(await storeWorks().catch(() => false))) return 'store-failed';
    if (!outputsWork()) return 'output-failed';
    return linked() ? undefined : 'no-link';
  };
  return new Promise((resolve) => {
    const look = async () => {
      const reason = await missing();
      const lived_ms = clock.monotonic() - began;
      if (signal.aborted) return;
      if (reason === undefined && lived_ms >= UPDATE_TIMES.proof_ms) return resolve({ kept: true });
      if (lived_ms >= UPDATE_TIMES.trial_ms) return resolve({ kept: false, reason: reason ?? 'late' });
      cancel = clock.after(UPDATE_TIMES.trial_look_ms, () => void look());
    };
    let cancel = clock.after(UPDATE_TIMES.trial_look_ms, () => void look());
    signal.addEventListener('abort', () => cancel(), { once: true });
  });
}
