import { SAMPLE_RATE_HZ } from '../sound-ports.ts';

/** The two sections of a Butterworth filter of fourth order: 24 dB an octave. */
const BUTTERWORTH_QUALITIES = [0.541_196_1, 1.306_563] as const;

/** A filter with a memory of its own. Source: Audio EQ Cookbook (R. Bristow-Johnson), HPF. */
export class HighPass {
  readonly #sections: Section[];

  constructor(hz: number) {
    this.#sections = BUTTERWORTH_QUALITIES.map((quality) => new Section(hz, quality));
  }

  /** What is left of the samples, in their place. */
  apply(samples: Float64Array): void {
    for (const section of this.#sections) section.apply(samples);
  }
}

class Section {
  readonly #b: number;
  readonly #a1: number;
  readonly #a2: number;
  readonly #memory = new Float64Array(4);

  constructor(hz: number, quality: number) {
    const omega = (2 * Math.PI * hz) / SAMPLE_RATE_HZ;
    const alpha = Math.sin(omega) / (2 * quality);
    const cosine = Math.cos(omega);
    const scale = 1 + alpha;
    this.#b = (1 + cosine) / (2 * scale);
    this.#a1 = (-2 * cosine) / scale;
    this.#a2 = (1 - alpha) / scale;
  }

  apply(samples: Float64Array): void {
    const [b, a1, a2] = [this.#b, this.#a1, this.#a2];
    let [x1 = 0, x2 = 0, y1 = 0, y2 = 0] = this.#memory;
    for (let i = 0; i < samples.length; i += 1) {
      const x = samples[i] ?? 0;
      const y = b * (x - 2 * x1 + x2) - a1 * y1 - a2 * y2;
      x2 = x1;
      x1 = x;
      y2 = y1;
      y1 = y;
      samples[i] = y;
    }
    this.#memory.set([x1, x2, y1, y2]);
  }
}
