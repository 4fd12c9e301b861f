import { SAMPLE_RATE_HZ } from '../sound-ports.ts';

/** Loudness and shape are taken of blocks this long: shorter than a syllable, longer than a period of a voice. */
export const BLOCK_MS = 10;
const BLOCK_FRAMES = (SAMPLE_RATE_HZ * BLOCK_MS) / 1_000;
const FULL_SCALE = 32_768;
/** Pauses between words are quieter; they do not make what was said quieter (as the gate of ITU-R BS.1770 does for programmes). */
const SILENCE_DBFS = -60;
const SILENCE_POWER = (FULL_SCALE * 10 ** (SILENCE_DBFS / 20)) ** 2;
/** Of the shape so much is kept: enough to find it in what a microphone heard, whatever the length of a speech. */
const SHAPE_SECONDS = 60;
export const SHAPE_BLOCKS = (SHAPE_SECONDS * 1_000) / BLOCK_MS;

/** What was given to a sound device in one stretch: when, how loud, of what shape. */
export class SentMeter {
  readonly #blocks = new Blocks();
  #firstAt: number | undefined;
  #frames = 0;

  /** @param at monotonic ms at which the first of these samples sounds, as far as anybody knows. */
  add(samples: Int16Array, at: number): void {
    this.#firstAt ??= at - (this.#frames * 1_000) / SAMPLE_RATE_HZ;
    this.#frames += samples.length;
    this.#blocks.add(samples);
  }

  /** The device has told when what comes next will sound: better than when it was written. */
  soundsNextAt(at: number): void {
    this.#firstAt = at - (this.#frames * 1_000) / SAMPLE_RATE_HZ;
  }

  get frames(): number {
    return this.#frames;
  }

  /** Monotonic ms of the first sample, silence included; undefined = nothing was sent. */
  firstAt(): number | undefined {
    return this.#firstAt;
  }

  /** Power of all blocks that were not silence, hundredths of a decibel below full scale; undefined = all was silence. */
  rmsCdbfs(): number | undefined {
    const power = this.#blocks.meanPower();
    return power === undefined
      ? undefined
      : Math.min(0, Math.round(1_000 * Math.log10(power / FULL_SCALE ** 2)));
  }

  /** Strength of each block from the first sample on, at most a minute. */
  shape(): Float32Array {
    return this.#blocks.shape();
  }
}

/** Cuts samples into blocks, whatever the sizes in which they come. */
export class Blocks {
  readonly #shape: number[] = [];
  #filled = 0;
  #power = 0;
  #edges = 0;
  #before = 0;
  #loudPower = 0;
  #loudBlocks = 0;

  add(samples: Int16Array): void {
    for (const sample of samples) {
      this.#power += sample * sample;
      // Differences weigh the consonants and leave out wind and hum, which a microphone outdoors hears most of all.
      const edge = sample - this.#before;
      this.#edges += edge * edge;
      this.#before = sample;
      this.#filled += 1;
      if (this.#filled === BLOCK_FRAMES) this.#close();
    }
  }

  /** Of the blocks that were not silence. */
  meanPower(): number | undefined {
    return this.#loudBlocks === 0 ? undefined : this.#loudPower / this.#loudBlocks;
  }

  shape(): Float32Array {
    return Float32Array.from(this.#shape);
  }

  #close(): void {
    const power = this.#power / BLOCK_FRAMES;
    if (power > SILENCE_POWER) {
      this.#loudPower += power;
      this.#loudBlocks += 1;
    }
    if (this.#shape.length < SHAPE_BLOCKS) this.#shape.push(Math.sqrt(this.#edges / BLOCK_FRAMES));
    this.#filled = 0;
    this.#power = 0;
    this.#edges = 0;
  }
}
