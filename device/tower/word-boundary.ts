import { SAMPLE_RATE_HZ } from '../sound-ports.ts';

/** Level is looked at in stretches of 10 ms: shorter than any sound of speech. */
const BLOCK_FRAMES = SAMPLE_RATE_HZ / 100;
/** How far back a boundary is looked for: beyond it, people have forgotten the beginning of the sentence anyway. */
const LOOK_BACK_BLOCKS = 1_000;
/** Longer than the closure of a stop consonant (50-100 ms), shorter than the breath between two phrases. */
const PAUSE_BLOCKS = 12;
/** A pause is so much quieter than the loud blocks around it, dB; room noise and a bed of music may go on in it. */
const BELOW_SPEECH_DB = 22;
/** Quieter than this is a pause whatever is around it, dBFS. */
const SILENCE_DBFS = -60;
/** Begun so much before the sound comes back: soft consonants are below the threshold. */
const ONSET_BLOCKS = 5;

/** Listens to what is sounded, and knows where its last pause ended: there a word begins. */
export class WordBoundary {
  readonly #levels = new Float32Array(LOOK_BACK_BLOCKS);
  /** Whole blocks heard. */
  #blocks = 0;
  #energy = 0;
  #inBlock = 0;

  hear(samples: Int16Array): void {
    for (const sample of samples) {
      this.#energy += sample * sample;
      this.#inBlock += 1;
      if (this.#inBlock === BLOCK_FRAMES) this.#closeBlock();
    }
  }

  /**
   * Frames from the first one heard to the word that was begun last; undefined when there was no pause in the last ten
   * seconds. What follows the last whole block (10 ms) is not looked at.
   */
  last(): number | undefined {
    const held = Math.min(this.#blocks, LOOK_BACK_BLOCKS);
    const level = (block: number) => this.#levels[block % LOOK_BACK_BLOCKS] ?? 0;
    const threshold = this.#threshold(held);
    let quiet = 0;
    for (let block = this.#blocks - 1; block >= this.#blocks - held; block -= 1) {
      quiet = level(block) < threshold ? quiet + 1 : 0;
      if (quiet < PAUSE_BLOCKS) continue;
      const begins = block + PAUSE_BLOCKS;
      return Math.max(0, begins - ONSET_BLOCKS) * BLOCK_FRAMES;
    }
    return undefined;
  }

  #closeBlock(): void {
    const power = this.#energy / BLOCK_FRAMES / 32_768 ** 2;
    this.#levels[this.#blocks % LOOK_BACK_BLOCKS] = 10 * Math.log10(power + 1e-12);
    this.#blocks += 1;
    this.#energy = 0;
    this.#inBlock = 0;
  }

  #threshold(held: number): number {
    const sorted = this.#levels.slice(0, held).sort();
    const loud = sorted[Math.floor(held * 0.9)] ?? SILENCE_DBFS;
    return Math.max(SILENCE_DBFS, loud - BELOW_SPEECH_DB);
  }
}
