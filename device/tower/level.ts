import { SAMPLE_RATE_HZ } from '../sound-ports.ts';
import { CEILING_DBFS } from './tower-times.ts';

const FULL_SCALE = 32_768;
const CEILING = Math.floor(FULL_SCALE * 10 ** (CEILING_DBFS / 20));
/** How fast the limiter lets go, per sample: 63 % in 80 ms, slow enough not to pump with syllables. */
const RELEASE = 1 - Math.exp(-1 / (0.08 * SAMPLE_RATE_HZ));

/** Gain, a limiter that never lets a sample above the ceiling, and a meter of the highest sample that left. */
export class Level {
  readonly #gain: number;
  #reduction = 1;
  #highest = 0;

  /** At 0 dB, what stays below the ceiling leaves bit for bit as it came. */
  constructor(gainDb: number) {
    this.#gain = 10 ** (gainDb / 20);
  }

  apply(samples: Int16Array): Int16Array {
    return samples.map((sample) => {
      const wanted = sample * this.#gain;
      const size = Math.abs(wanted);
      this.#reduction += (1 - this.#reduction) * RELEASE;
      if (size * this.#reduction > CEILING) this.#reduction = CEILING / size;
      // Bit-exactness must not hang on the release never quite arriving.
      if (this.#reduction > 0.9999) this.#reduction = 1;
      const sent = Math.trunc(wanted * this.#reduction);
      this.#highest = Math.max(this.#highest, Math.abs(sent));
      return sent;
    });
  }

  /** Hundredths of a decibel below full scale, 0 or negative; undefined when nothing but silence was sent. */
  peakCdbfs(): number | undefined {
    if (this.#highest === 0) return undefined;
    return Math.min(0, Math.round(2_000 * Math.log10(this.#highest / FULL_SCALE)));
  }
}
