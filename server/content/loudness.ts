/**
 * How loud prepared sound is (EBU R 128; ITU-R BS.1770-4). Broadcast's -23 LUFS keeps headroom for orchestras, which a
 * horn of narrow band, driven over a 100 V line against wind and motorbikes, turns into noise. -16 LUFS, what EBU and
 * AES advise for speech in loud places, leaves speech 14 dB of crest below a true peak of -1.5 dBTP, so that neither
 * the decoder nor the amplifier clips. Measured as mono, as it is played.
 */
export const LOUDNESS = {
  targetLufs: -16,
  toleranceLu: 0.5,
  truePeakDbtp: -1.5,
  /** Opus draws waves anew and overshoots: the limiter stays this far below the true peak. */
  codecHeadroomDb: 1,
  /** Quieter than this no speech is left above the noise that 34 dB of gain would raise with it. */
  silentLufs: -50,
  /** A loudness block is 400 ms (BS.1770-4): a shorter sound has no loudness to speak of. */
  shortestMs: 500,
  /** Limiting takes loudness away; each attempt gives back what the last one lacked. */
  attempts: 3,
} as const;

export interface Measured {
  /** Integrated loudness. */
  lufs: number;
  truePeakDbtp: number;
}

/**
 * One gain for the whole recording, and a limiter for the peaks. Not loudnorm's own second pass: where peaks stand in
 * its way it turns to a moving gain that lifts the noise between sentences, and under 3 s of sound it gives up the target.
 */
export interface LoudnessPlan {
  gainDb: number;
  /** Absent: no peak is in the way. */
  limitDb?: number;
}

const LIMIT_DB = LOUDNESS.truePeakDbtp - LOUDNESS.codecHeadroomDb;

export function planFor(source: Measured): LoudnessPlan {
  const gainDb = LOUDNESS.targetLufs - source.lufs;
  return source.truePeakDbtp + gainDb <= LIMIT_DB ? { gainDb } : { gainDb, limitDb: LIMIT_DB };
}

/** What to do better after `plan` came out as `result`; undefined = it is good. */
export function betterPlan(plan: LoudnessPlan, result: Measured): LoudnessPlan | undefined {
  const lackLu = LOUDNESS.targetLufs - result.lufs;
  const overDb = Math.max(0, result.truePeakDbtp - LOUDNESS.truePeakDbtp);
  if (Math.abs(lackLu) <= LOUDNESS.toleranceLu && overDb === 0) return undefined;
  // What is given back in gain is cut again by the limiter, in part: a little more than the lack converges.
  return { gainDb: plan.gainDb + lackLu * 1.2, limitDb: (plan.limitDb ?? LIMIT_DB) - overDb };
}
