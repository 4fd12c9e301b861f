const PROBE_FRAMES = 4_800;
/** A sample louder than this is not silence. */
const LOUD = 300;
const AROUND_FRAMES = 2_400;

/** Where a known sound begins among samples, frames: by normalised cross-correlation around the first loud sample. */
export function onsetOf(sound: Int16Array, samples: Int16Array): { frame: number; likeness: number } {
  const loudHere = samples.findIndex((sample) => Math.abs(sample) > LOUD);
  const loudThere = sound.findIndex((sample) => Math.abs(sample) > LOUD);
  const about = loudHere - loudThere;
  const probe = sound.subarray(0, PROBE_FRAMES);
  let best = { frame: Number.NaN, likeness: -1 };
  for (let frame = Math.max(0, about - AROUND_FRAMES); frame <= about + AROUND_FRAMES; frame += 1) {
    const likeness = likenessAt(probe, samples, frame);
    if (likeness > best.likeness) best = { frame, likeness };
  }
  return best;
}

function likenessAt(probe: Int16Array, samples: Int16Array, at: number): number {
  let [both, ours, theirs] = [0, 0, 0];
  for (let i = 0; i < probe.length; i += 1) {
    const a = probe[i] ?? 0;
    const b = samples[at + i] ?? 0;
    both += a * b;
    ours += a * a;
    theirs += b * b;
  }
  return ours === 0 || theirs === 0 ? 0 : both / Math.sqrt(ours * theirs);
}
