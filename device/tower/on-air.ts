import { isDeviceError } from '../errors.ts';
import type { Cut, Performed } from '../playout/play.ts';
import { pause } from '../playout/waiting.ts';
import { type Clock, SAMPLE_RATE_HZ } from '../ports.ts';
import type { AmplifierHold } from './amplifier-hold.ts';
import { fadeIn, fadeOut } from './fade.ts';
import { Level } from './level.ts';
import type { ReadAhead } from './read-ahead.ts';
import { framesOf, silence } from './score.ts';
import { TOWER_TIMES } from './tower-times.ts';
import type { HeldVoice, VoiceSlot } from './voice-slot.ts';
import { WordBoundary } from './word-boundary.ts';

export interface OnAirParts {
  clock: Clock;
  slot: VoiceSlot;
  amplifier: AmplifierHold;
  /** Empty where the play has none, or goes on after a cut. */
  chime: Int16Array;
  content: Pick<ReadAhead, 'next' | 'close'>;
  /** Content frames sounded before this stretch. */
  from: number;
  /** What chime and content of this stretch take by the document, ms. */
  lengthMs: number;
  /** Against what the server prepared, dB; asked when it goes on air. */
  gainDb: () => number;
  /** How long before its instant it is called, ms. */
  callAheadMs: number;
  /** After its instant, against the echo of the neighbours. */
  staggerMs: number;
}

/** When a stretch is to begin: monotonic ms. */
export interface Due {
  at: number | undefined;
  latest: number | undefined;
}

/** The stretch on air: what is open, and what was measured. */
export class OnAir {
  readonly #parts: OnAirParts;
  readonly #signal: AbortSignal;
  readonly #at: number | undefined;
  readonly #latest: number;
  readonly #overrun = new AbortController();
  readonly #level: Level;
  readonly #words = new WordBoundary();
  readonly #onTimeMs: number;
  readonly #forget: (() => void)[] = [];
  #held: HeldVoice | undefined;
  #isAmplifierOn = false;
  #hasFaded = false;
  #isLate = false;
  /** All of the content was written: a cut that comes after it cuts nothing. */
  #isSaid = false;
  #openedAt: number | undefined;
  #firstAt: number | undefined;
  #written = 0;
  #contentFrames = 0;
  #accepted = 0;

  constructor(parts: OnAirParts, signal: AbortSignal, { at, latest }: Due) {
    this.#parts = parts;
    this.#at = at === undefined ? undefined : at + parts.staggerMs;
    this.#latest = (latest ?? Number.POSITIVE_INFINITY) + parts.staggerMs;
    this.#level = new Level(parts.gainDb());
    this.#signal = AbortSignal.any([signal, this.#overrun.signal]);
    const { countInMs, tailMs, onTimeLimitMs, amplifierMs } = TOWER_TIMES;
    const aroundMs = parts.callAheadMs + parts.staggerMs + amplifierMs + countInMs + tailMs;
    this.#onTimeMs = aroundMs + parts.lengthMs + onTimeLimitMs;
    this.#forget.push(parts.clock.after(this.#onTimeMs, () => this.#overrun.abort('overrun' satisfies Cut)));
    this.#signal.addEventListener('abort', () => this.#cutShort(), { once: true });
  }

  /** Nothing more is to be sounded of it. */
  get isOver(): boolean {
    return this.#signal.aborted || this.#isLate;
  }

  async openVoice(): Promise<void> {
    this.#held = await this.#parts.slot.take();
  }

  /** A cut does not wait for an amplifier that is slow to come on. */
  async amplifierOn(): Promise<void> {
    this.#isAmplifierOn = true;
    const settled = this.#parts.amplifier.take(this, this.#onTimeMs + TOWER_TIMES.cutMs);
    const cut = new Promise<void>((resolve) => this.#signal.addEventListener('abort', () => resolve()));
    await Promise.race([settled, cut]);
    settled.catch(() => {});
    this.#isLate = this.#parts.clock.monotonic() > this.#latest;
  }

  async waitForInstant(): Promise<void> {
    if (this.#at === undefined) return;
    const { clock } = this.#parts;
    await pause(clock, this.#at - TOWER_TIMES.countInMs - clock.monotonic(), this.#signal);
  }

  /**
   * Silence up to the instant: begun early, and its end counted in frames from when the device began, so that neither a
   * timer nor a busy computer moves the first sound. Without an instant a chime wakes the card; words need silence.
   */
  async soundLead(): Promise<void> {
    if (this.#at === undefined) {
      if (this.#parts.chime.length === 0) await this.#soundSilence(framesOf(TOWER_TIMES.wakeMs));
      return;
    }
    const slice = framesOf(TOWER_TIMES.sliceMs);
    while (!this.isOver) {
      const left = framesOf(this.#at - this.#nextAt());
      if (left <= 0) return;
      if (left <= framesOf(TOWER_TIMES.countMs)) return this.#soundSilence(left);
      await this.#soundSilence(slice);
    }
  }

  async soundChime(): Promise<void> {
    this.#firstAt = this.#nextAt();
    await this.#sound(this.#parts.chime);
  }

  async soundContent(): Promise<void> {
    const { content, from } = this.#parts;
    for (let chunk = await content.next(); chunk !== undefined; chunk = await content.next()) {
      const isTornOpen = from > 0 && this.#contentFrames === 0;
      const written = await this.#sound(isTornOpen ? fadeIn(chunk, framesOf(TOWER_TIMES.fadeMs)) : chunk);
      this.#contentFrames += written;
      this.#words.hear(chunk.subarray(0, written));
      if (this.isOver) return;
    }
    this.#isSaid = !this.isOver;
  }

  async soundTail(): Promise<void> {
    for (const chunk of silence(TOWER_TIMES.tailMs)) await this.#sound(chunk);
  }

  /**
   * Waits until all has sounded; a voice that makes way goes on for who cut it. A cut that comes when all is said
   * changes nothing any more.
   */
  async drain(): Promise<Performed> {
    const isCut = this.isOver && !this.#isSaid;
    const { slot } = this.#parts;
    if (this.#held !== undefined && this.#makesWay) {
      this.#accepted = this.#acceptedNow();
      slot.handOn(this.#held.voice, this.#held.from + this.#written);
      this.#held = undefined;
    }
    await this.#held?.voice.drain();
    this.#forgetVoice();
    if (this.#overrun.signal.aborted) return { end: 'failed', reason: 'overrun', ...this.#measured('on') };
    if (this.#isLate) return { end: 'late', ...this.#measured('on') };
    return { end: isCut ? 'cut' : 'finished', ...this.#measured('on') };
  }

  /** A device that was killed because of a cut did not fail. */
  failed(error: unknown): Performed {
    const isCut = this.#signal.aborted;
    if (isCut && !this.#overrun.signal.aborted) return { end: 'cut', ...this.#measured('on') };
    const reason = isCut ? 'overrun' : isDeviceError(error) ? error.code : 'internal';
    const detail = error instanceof Error ? error.message : String(error);
    const amplifier = reason === 'amplifier-failed' ? 'failed' : 'on';
    return { end: 'failed', reason, detail, ...this.#measured(amplifier) };
  }

  /** Whatever happened: nothing stays open, and the amplifier goes off unless another voice follows at once. */
  async leave(): Promise<void> {
    for (const forget of this.#forget) forget();
    this.#parts.content.close();
    await this.#held?.voice.cut();
    this.#forgetVoice();
    if (!this.#isAmplifierOn) return;
    await this.#parts.amplifier.release(this, this.#makesWay ? 'linger' : 'now');
  }

  get #makesWay(): boolean {
    return this.#signal.reason === ('pre-empted' satisfies Cut);
  }

  /** When what is written next will sound: as the device tells, or, before it has begun, at once. */
  #nextAt(): number {
    return (
      this.#held?.voice.nextAt?.() ?? this.#parts.clock.monotonic() + (this.#written * 1_000) / SAMPLE_RATE_HZ
    );
  }

  /** Writes slice by slice; at a cut the slice that was next falls to silence. Resolves to the frames written. */
  async #sound(samples: Int16Array): Promise<number> {
    const sliceFrames = framesOf(TOWER_TIMES.sliceMs);
    for (let from = 0; from < samples.length; from += sliceFrames) {
      const slice = samples.subarray(from, from + sliceFrames);
      if (this.isOver) return from + (await this.#fade(slice));
      await this.#write(slice);
    }
    return samples.length;
  }

  async #soundSilence(frames: number): Promise<void> {
    await this.#sound(new Int16Array(frames));
  }

  async #fade(slice: Int16Array): Promise<number> {
    if (this.#hasFaded) return 0;
    this.#hasFaded = true;
    const last = slice.subarray(0, framesOf(TOWER_TIMES.fadeMs));
    await this.#write(fadeOut(last, last.length));
    return last.length;
  }

  async #write(samples: Int16Array): Promise<void> {
    this.#openedAt ??= this.#parts.clock.monotonic();
    await this.#held?.voice.write(this.#level.apply(samples));
    this.#written += samples.length;
  }

  /** Content stops coming; a device that hangs on its buffer is killed before a stop is late. */
  #cutShort(): void {
    this.#parts.content.close();
    this.#forget.push(this.#parts.clock.after(TOWER_TIMES.cutMs, () => void this.#held?.voice.cut()));
  }

  #forgetVoice(): void {
    if (this.#held === undefined) return;
    this.#parts.slot.closed(this.#held.voice);
    this.#accepted = this.#acceptedNow();
    this.#held = undefined;
  }

  /** Of this stretch alone: the voice may have been another's before. */
  #acceptedNow(): number {
    if (this.#held === undefined) return this.#accepted;
    return Math.max(0, this.#held.voice.frames() - this.#held.from);
  }

  #measured(amplifier: 'on' | 'failed'): Pick<Performed, 'mark' | 'firstAt' | 'tower'> {
    const { clock, slot, from, amplifier: hold } = this.#parts;
    const peak = this.#level.peakCdbfs();
    const word = this.#words.last();
    return {
      mark: { done: from + this.#contentFrames, ...(word !== undefined && { word: from + word }) },
      ...(this.#firstAt !== undefined && { firstAt: this.#firstAt }),
      tower: {
        frames: this.#acceptedNow(),
        rate_hz: SAMPLE_RATE_HZ,
        ...(peak !== undefined && { peak_cdbfs: peak }),
        ms: this.#openedAt === undefined ? 0 : Math.round(clock.monotonic() - this.#openedAt),
        amplifier: amplifier === 'on' && !hold.senses ? 'not-known' : amplifier,
        sink: slot.sink,
      },
    };
  }
}
