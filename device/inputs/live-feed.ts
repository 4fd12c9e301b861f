import type { DeviceError } from '../errors.ts';
import { SAMPLE_RATE_HZ } from '../sound-ports.ts';
import { blockOf, partsOf } from './sound-block.ts';

/** Every size of a feed, ms. */
const FEED_TIMES = {
  /** What is taken from it at once. */
  sliceMs: 10,
  /** Held while the tower gets ready: amplifier, record, sound device. What is older was said before anybody could hear it. */
  holdMs: 1_500,
  /** Between ear and tower in the long run: bridges a busy event loop. */
  targetMs: 60,
  /** So far from the target nothing is done: less than a person or an echo would notice. */
  slackMs: 30,
  /** So far from it a slice is given up or doubled although somebody is speaking: one a second, when no pause came for so long. */
  forcedMs: 200,
  forcedAfterMs: 10_000,
  /** The least that was held during this time is what it holds in the long run. */
  windowMs: 500,
  /** Longer than the closure of a stop consonant, shorter than the breath between two phrases: before it, a pause is none. */
  pauseMs: 120,
  /** Soft consonants begin a word below the threshold: so long before it the pause is over. */
  onsetMs: 50,
  /** How soon what was loud is forgotten. */
  loudForgetMs: 3_000,
} as const;

const slices = (ms: number) => ms / FEED_TIMES.sliceMs;
const SLICE_FRAMES = (FEED_TIMES.sliceMs * SAMPLE_RATE_HZ) / 1_000;
const MOST = slices(FEED_TIMES.holdMs);
const TARGET = slices(FEED_TIMES.targetMs);
const SLACK = slices(FEED_TIMES.slackMs);
const FORCED = slices(FEED_TIMES.forcedMs);
const WINDOW = slices(FEED_TIMES.windowMs);
const FORCED_AFTER = slices(FEED_TIMES.forcedAfterMs);
const ONE_SECOND = slices(1_000);
const PAUSE = slices(FEED_TIMES.pauseMs);
const ONSET = slices(FEED_TIMES.onsetMs);
const LOUD_KEPT = 1 - 1 / slices(FEED_TIMES.loudForgetMs);
/** Power against what was loud: 20 dB less is a pause, also in the noise of a radio. */
const PAUSE_POWER = 0.01;
/** Quiet whatever was loud: -60 dBFS. */
const SILENCE_POWER = 1e-6;

interface Slice {
  samples: Int16Array;
  power: number;
}

/**
 * From an ear to a tower: two sound cards with two crystals, of which one is always faster. What gathers is given up and what
 * is wanting is doubled, 10 ms at a time, in pauses and with a cross-fade; so an hour of speech is as late as its first minute.
 */
export class LiveFeed {
  readonly #held: Slice[] = [];
  #partial = new Int16Array(0);
  #end: { error?: DeviceError } | undefined;
  #wasRead = false;
  #hasLost = false;
  #changed: () => void = () => {};
  /** Held at each of the last takings. */
  #depths: number[] = [];
  #loudPower = 0;
  /** Slices since the last that was not quiet. */
  #quietFor = 0;
  /** Slices since the last pause. */
  #withoutPause = 0;

  /** Heard and not yet taken, ms: so much later than said is what is taken next. */
  get heldMs(): number {
    return this.#held.length * FEED_TIMES.sliceMs;
  }

  push(samples: Int16Array): void {
    if (this.#end !== undefined) return;
    const all = new Int16Array(this.#partial.length + samples.length);
    all.set(this.#partial);
    all.set(samples, this.#partial.length);
    let from = 0;
    for (; from + SLICE_FRAMES <= all.length; from += SLICE_FRAMES)
      this.#held.push(sliceOf(all.slice(from, from + SLICE_FRAMES)));
    this.#partial = all.slice(from);
    if (this.#held.length > MOST) {
      this.#held.splice(0, this.#held.length - MOST);
      this.#hasLost = true;
    }
    this.#changed();
  }

  /** Nobody speaks any more: what is held is still to be heard. With an error: what is held is not worth waiting for. */
  end(error?: DeviceError): void {
    if (this.#end !== undefined) return;
    if (error !== undefined) this.#held.length = 0;
    this.#end = error === undefined ? {} : { error };
    this.#changed();
  }

  /** Slices of 10 ms; the first reader in time hears what was said from the beginning, any other from now on. */
  async *read(signal: AbortSignal): AsyncGenerator<Int16Array> {
    if (this.#wasRead || this.#hasLost) this.#held.splice(0, Math.max(0, this.#held.length - TARGET));
    this.#wasRead = true;
    this.#depths = [];
    while (!signal.aborted) {
      const slice = this.#held.shift();
      if (slice !== undefined) yield* this.#levelled(slice);
      else if (this.#end?.error !== undefined) throw this.#end.error;
      else if (this.#end !== undefined) return;
      else await this.#change(signal);
    }
  }

  /** The slice, or one less or one more where the feed runs full or dry. */
  *#levelled(slice: Slice): Generator<Int16Array> {
    const surplus = this.#surplus();
    const next = this.#held[0];
    const isPause = this.#isPause(slice);
    const isTime = isPause || this.#isForced(surplus);
    if (!isTime || next === undefined || Math.abs(surplus) <= SLACK) return yield slice.samples;
    this.#withoutPause = isPause ? 0 : FORCED_AFTER - ONE_SECOND;
    if (surplus > 0) {
      this.#held.shift();
      this.#depths = this.#depths.map((depth) => depth - 1);
      return yield crossFade(slice, next);
    }
    this.#depths = this.#depths.map((depth) => depth + 1);
    yield slice.samples;
    yield crossFade(next, slice);
  }

  /** Slices held beyond the target, in the long run; 0 while that is not known yet. */
  #surplus(): number {
    this.#withoutPause += 1;
    this.#depths.push(this.#held.length);
    if (this.#depths.length > WINDOW) this.#depths.shift();
    return this.#depths.length < WINDOW ? 0 : Math.min(...this.#depths) - TARGET;
  }

  #isForced(surplus: number): boolean {
    const isFar = surplus > FORCED || surplus <= -TARGET;
    return isFar && this.#withoutPause >= FORCED_AFTER;
  }

  /** It has been quiet for a while, and no word begins in what comes next. */
  #isPause(slice: Slice): boolean {
    this.#loudPower = Math.max(slice.power, this.#loudPower * LOUD_KEPT);
    this.#quietFor = this.#isQuiet(slice) ? this.#quietFor + 1 : 0;
    return this.#quietFor >= PAUSE && this.#held.slice(0, ONSET).every((ahead) => this.#isQuiet(ahead));
  }

  #isQuiet({ power }: Slice): boolean {
    return power <= Math.max(SILENCE_POWER, this.#loudPower * PAUSE_POWER);
  }

  #change(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#changed = () => {};
        signal.removeEventListener('abort', done);
        resolve();
      };
      this.#changed = done;
      signal.addEventListener('abort', done, { once: true });
    });
  }
}

function sliceOf(samples: Int16Array): Slice {
  return { samples, power: blockOf(partsOf(samples)).power };
}

/** Begins as the one and ends as the other, so that both neighbours join without a step. */
function crossFade({ samples: from }: Slice, { samples: to }: Slice): Int16Array {
  return from.map((sample, i) => {
    const share = i / from.length;
    return Math.round(sample * (1 - share) + (to[i] ?? 0) * share);
  });
}
