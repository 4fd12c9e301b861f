const FULL_SCALE = 32_768;

/** A few milliseconds of sound; 1 = full scale. */
export interface SoundBlock {
  /** Mean square. */
  power: number;
  peak: number;
}

/** As parts of full scale. */
export function partsOf(samples: Int16Array): Float64Array {
  const parts = new Float64Array(samples.length);
  for (let i = 0; i < samples.length; i += 1) parts[i] = (samples[i] ?? 0) / FULL_SCALE;
  return parts;
}

export function blockOf(parts: Float64Array): SoundBlock {
  let sum = 0;
  let peak = 0;
  for (let i = 0; i < parts.length; i += 1) {
    const value = parts[i] ?? 0;
    sum += value * value;
    peak = Math.max(peak, Math.abs(value));
  }
  return { power: sum / (parts.length || 1), peak };
}

/** Hundredths of a decibel below full scale, 0 or negative; undefined for silence. */
export function cdbfs(amplitude: number): number | undefined {
  return amplitude <= 0 ? undefined : Math.min(0, Math.round(2_000 * Math.log10(amplitude)));
}
