import { SAMPLE_RATE_HZ } from '../sound-ports.ts';

/** The last moments of what was heard. */
export class Preroll {
  readonly #frames: number;
  #chunks: Int16Array[] = [];
  #held = 0;

  constructor(ms: number) {
    this.#frames = (ms * SAMPLE_RATE_HZ) / 1_000;
  }

  push(samples: Int16Array): void {
    this.#chunks.push(samples);
    this.#held += samples.length;
    for (let first = this.#chunks[0]; first !== undefined; first = this.#chunks[0]) {
      if (this.#held - first.length < this.#frames) return;
      this.#held -= first.length;
      this.#chunks.shift();
    }
  }

  samples(): Int16Array {
    const all = new Int16Array(this.#held);
    let at = 0;
    for (const chunk of this.#chunks) {
      all.set(chunk, at);
      at += chunk.length;
    }
    return all.slice(-this.#frames);
  }

  forget(): void {
    this.#chunks = [];
    this.#held = 0;
  }
}
