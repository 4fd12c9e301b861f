/** Where `needle` lies in `hay`, and how alike they are there (1 = the same up to loudness). */
export interface Found {
  at: number;
  likeness: number;
}

const COARSE_STEP = 24;

/**
 * Normalised cross-correlation. Searches among the offsets by the needle's first loud stretch, every sample of it;
 * then rates the whole needle at the best.
 */
export function find(needle: Int16Array, hay: Int16Array): Found {
  const probeAt = loudestStretch(needle, 2_400);
  const probe = needle.subarray(probeAt, probeAt + 2_400);
  let best: Found = { at: 0, likeness: -1 };
  for (let at = 0; at + needle.length <= hay.length; at += 1) {
    // Speech is alike to itself for about a millisecond: a coarse look first.
    const coarse = likeness(probe, hay, at + probeAt, COARSE_STEP);
    if (coarse > best.likeness) {
      const fine = likeness(probe, hay, at + probeAt, 1);
      if (fine > best.likeness) best = { at, likeness: fine };
    }
  }
  return { at: best.at, likeness: likeness(needle, hay, best.at, 1) };
}

function likeness(a: Int16Array, b: Int16Array, at: number, step: number): number {
  let [ab, aa, bb] = [0, 0, 0];
  for (let i = 0; i < a.length; i += step) {
    const x = a[i] ?? 0;
    const y = b[at + i] ?? 0;
    ab += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa === 0 || bb === 0 ? 0 : ab / Math.sqrt(aa * bb);
}

function loudestStretch(samples: Int16Array, frames: number): number {
  let best = { at: 0, energy: -1 };
  for (let at = 0; at + frames <= samples.length; at += frames) {
    const energy = samples.subarray(at, at + frames).reduce((sum, sample) => sum + sample * sample, 0);
    if (energy > best.energy) best = { at, energy };
  }
  return best.at;
}
