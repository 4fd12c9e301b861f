/** The highest of each of `bars` equal stretches, with its sign: what a drawing of a sound needs. */
export function peaksOf(samples: Float32Array, bars: number): Float32Array {
  const count = Math.min(bars, samples.length);
  const peaks = new Float32Array(count);
  for (let bar = 0; bar < count; bar += 1) {
    const from = Math.floor((bar * samples.length) / count);
    const until = Math.floor(((bar + 1) * samples.length) / count);
    for (let at = from; at < until; at += 1) {
      const sample = samples[at] ?? 0;
      if (Math.abs(sample) > Math.abs(peaks[bar] ?? 0)) peaks[bar] = sample;
    }
  }
  return peaks;
}
