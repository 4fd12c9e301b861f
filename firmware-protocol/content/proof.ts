import { z } from 'zod';
import type { TowerEvidence } from './report.ts';

/**
 * What is known of whether a play on the tower was heard, the strongest that the evidence bears. `heard`: a microphone heard it.
 * `powered`: the amplifier was on, by its contact or its current. `sent`: the sound device took it; the rest is not known.
 * `not-heard`: it is known that nobody heard it.
 */
export const TOWER_PROOFS = ['heard', 'powered', 'sent', 'not-heard'] as const;
export const TowerProof = z.enum(TOWER_PROOFS);
export type TowerProof = z.infer<typeof TowerProof>;

/** Ears count before current, and current before what a relay was told; that nothing failed is no proof of anything. */
export function proofOf({ frames, peak_cdbfs, amplifier, heard }: TowerEvidence): TowerProof {
  if (heard?.heard === 'yes') return 'heard';
  if (frames === 0 || peak_cdbfs === undefined) return 'not-heard';
  if (heard?.heard === 'no' || amplifier === 'failed') return 'not-heard';
  return amplifier === 'on' ? 'powered' : 'sent';
}
