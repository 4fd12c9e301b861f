import type { Clock } from '../ports.ts';
import { SAMPLE_RATE_HZ, type Voice } from '../sound-ports.ts';
import { fadeOut } from './fade.ts';
import type { Level } from './level.ts';
import { framesOf } from './score.ts';
import { TOWER_TIMES } from './tower-times.ts';
import type { HeldVoice } from './voice-slot.ts';

const SLICE_FRAMES = framesOf(TOWER_TIMES.sliceMs);
const FADE_FRAMES = framesOf(TOWER_TIMES.fadeMs);

/** Writes one stretch to a voice, slice by slice; when it is over, what was next falls to silence, once. */
export class VoiceWriter {
  readonly voice: Voice;
  readonly #from: number;
  readonly #gapsBefore: number;
  readonly #level: Level;
  readonly #clock: Clock;
  readonly #isOver: () => boolean;
  #hasFallen = false;
  #written = 0;
  #last = 0;
  #openedAt: number | undefined;

  constructor({ voice, from }: HeldVoice, level: Level, clock: Clock, isOver: () => boolean) {
    this.voice = voice;
    this.#from = from;
    this.#gapsBefore = voice.gaps?.() ?? 0;
    this.#level = level;
    this.#clock = clock;
    this.#isOver = isOver;
  }

  /** Monotonic instant of the first write; undefined before it. */
  get openedAt(): number | undefined {
    return this.#openedAt;
  }

  /** Frames that were written to the voice, by whomever. */
  get position(): number {
    return this.#from + this.#written;
  }

  /** Frames that the device has accepted of this stretch: the voice may have been another's before. */
  accepted(): number {
    return Math.max(0, this.voice.frames() - this.#from);
  }

  /** How often the device ran dry in this stretch; undefined = it does not say. */
  gaps(): number | undefined {
    const gaps = this.voice.gaps?.();
    return gaps === undefined ? undefined : gaps - this.#gapsBefore;
  }

  /** When what is written next will sound: as the device tells, or, before it has begun, at once. */
  nextAt(): number {
    const writtenMs = (this.#written * 1_000) / SAMPLE_RATE_HZ;
    return this.voice.nextAt?.() ?? this.#clock.monotonic() + writtenMs;
  }

  /** Resolves to the frames written. */
  async sound(samples: Int16Array): Promise<number> {
    for (let from = 0; from < samples.length; from += SLICE_FRAMES) {
      const slice = samples.subarray(from, from + SLICE_FRAMES);
      if (this.#isOver()) return from + (await this.#fall(this.#level.apply(slice.subarray(0, FADE_FRAMES))));
      await this.#write(this.#level.apply(slice));
    }
    return samples.length;
  }

  async silence(ms: number): Promise<void> {
    await this.sound(new Int16Array(framesOf(ms)));
  }

  /** What was cut between two pieces (who speaks now leaves none to fade) falls to silence from where it stood. */
  async fallFromLast(): Promise<void> {
    if (this.#last !== 0) await this.#fall(new Int16Array(FADE_FRAMES).fill(this.#last));
  }

  async #fall(samples: Int16Array): Promise<number> {
    if (this.#hasFallen) return 0;
    this.#hasFallen = true;
    await this.#write(fadeOut(samples, samples.length));
    return samples.length;
  }

  async #write(samples: Int16Array): Promise<void> {
    this.#openedAt ??= this.#clock.monotonic();
    await this.voice.write(samples);
    this.#written += samples.length;
    this.#last = samples.at(-1) ?? this.#last;
  }
}
