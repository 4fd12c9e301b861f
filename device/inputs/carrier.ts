import { SAMPLE_RATE_HZ } from '../sound-ports.ts';
import { HighPass } from './high-pass.ts';
import { blockOf, cdbfs, partsOf, type SoundBlock } from './sound-block.ts';

/** Length of what is judged at once, ms. */
const BLOCK_MS = 10;
const BLOCK_FRAMES = (BLOCK_MS * SAMPLE_RATE_HZ) / 1_000;
/** The levels of the last second are kept, for whoever asks. */
const BLOCKS_KEPT = 1_000 / BLOCK_MS;
/** Mains hum (50 Hz, its harmonics at 100 and 150 Hz) and rumble lie below, speech above. */
const SPEECH_FROM_HZ = 300;

/** When somebody counts as speaking. Levels are RMS above 300 Hz, dB below full scale. */
export interface CarrierRules {
  openDbfs: number;
  /** Below `openDbfs`: a voice that falls at the end of a sentence holds what it opened. */
  closeDbfs: number;
  /** Loud for so long in all before it opens: a click of a relay is no speech. */
  attackMs: number;
  /** Quiet for so long before it closes: people breathe and think. */
  hangMs: number;
}

/** What was heard during the last second. */
export interface HeardLevel {
  peak_cdbfs?: number;
  rms_cdbfs?: number;
}

/**
 * Whether somebody speaks, by level: opens after `attackMs` above one level, closes after `hangMs` below a lower one. Hum is
 * filtered away first; what is as loud as speech and never ends (an open squelch) is told by the clock of who uses this.
 */
export class Carrier {
  readonly #rules: CarrierRules;
  readonly #filter = new HighPass(SPEECH_FROM_HZ);
  readonly #recent: SoundBlock[] = [];
  #rest: Int16Array = new Int16Array(0);
  #loudMs = 0;
  #quietMs = 0;
  #isOpen = false;

  constructor(rules: CarrierRules) {
    this.#rules = rules;
  }

  get isOpen(): boolean {
    return this.#isOpen;
  }

  hear(samples: Int16Array): void {
    const all = joined(this.#rest, samples);
    let from = 0;
    for (; from + BLOCK_FRAMES <= all.length; from += BLOCK_FRAMES)
      this.#judge(all.subarray(from, from + BLOCK_FRAMES));
    this.#rest = all.slice(from);
  }

  /** Unfiltered; a member is absent while there was nothing but digital silence. */
  level(): HeardLevel {
    const peak = cdbfs(Math.max(0, ...this.#recent.map((block) => block.peak)));
    const power = this.#recent.reduce((sum, block) => sum + block.power, 0) / (this.#recent.length || 1);
    const rms = cdbfs(Math.sqrt(power));
    return {
      ...(peak !== undefined && { peak_cdbfs: peak }),
      ...(rms !== undefined && { rms_cdbfs: rms }),
    };
  }

  /** The device was lost: what it said before says nothing of now. */
  forget(): void {
    this.#recent.length = 0;
    this.#rest = new Int16Array(0);
    this.#loudMs = 0;
    this.#isOpen = false;
  }

  #judge(block: Int16Array): void {
    const parts = partsOf(block);
    this.#recent.push(blockOf(parts));
    if (this.#recent.length > BLOCKS_KEPT) this.#recent.shift();
    this.#filter.apply(parts);
    const { power } = blockOf(parts);
    const dbfs = 10 * Math.log10(power);
    if (this.#isOpen) this.#holdOrClose(dbfs);
    else this.#openOrNot(dbfs);
  }

  /** Syllables are loud by turns: what was quiet takes away from what was loud, and does not undo it at once. */
  #openOrNot(dbfs: number): void {
    const { openDbfs, attackMs } = this.#rules;
    this.#loudMs = dbfs >= openDbfs ? this.#loudMs + BLOCK_MS : Math.max(0, this.#loudMs - BLOCK_MS);
    if (this.#loudMs < attackMs) return;
    this.#isOpen = true;
    this.#quietMs = 0;
  }

  #holdOrClose(dbfs: number): void {
    const { closeDbfs, hangMs } = this.#rules;
    this.#quietMs = dbfs < closeDbfs ? this.#quietMs + BLOCK_MS : 0;
    if (this.#quietMs < hangMs) return;
    this.#isOpen = false;
    this.#loudMs = 0;
  }
}

function joined(first: Int16Array, second: Int16Array): Int16Array {
  if (first.length === 0) return second;
  const all = new Int16Array(first.length + second.length);
  all.set(first);
  all.set(second, first.length);
  return all;
}
