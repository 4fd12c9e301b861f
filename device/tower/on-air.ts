import { isDeviceError } from '../errors.ts';
import type { Cut, Performed } from '../playout/play.ts';
import { pause } from '../playout/waiting.ts';
import type { Clock } from '../ports.ts';
import { SAMPLE_RATE_HZ } from '../sound-ports.ts';
import type { AmplifierHold } from './amplifier-hold.ts';
import { fadeIn } from './fade.ts';
import { Level } from './level.ts';
import type { ReadAhead } from './read-ahead.ts';
import { framesOf } from './score.ts';
import { TOWER_TIMES } from './tower-times.ts';
import type { VoiceSlot } from './voice-slot.ts';
import { VoiceWriter } from './voice-writer.ts';
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
  #out: VoiceWriter | undefined;
  #isAmplifierOn = false;
  #isLate = false;
  /** All of the content was written: a cut that comes after it cuts nothing. */
  #isSaid = false;
  #firstAt: number | undefined;
  #contentFrames = 0;
  /** Of a voice that is no longer held. */
  #accepted = 0;
  #openedAt: number | undefined;
  #gaps: number | undefined;

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
    const { slot, clock } = this.#parts;
    this.#out = new VoiceWriter(await slot.take(), this.#level, clock, () => this.isOver);
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
    const { out } = this;
    if (this.#at === undefined) {
      if (this.#parts.chime.length === 0) await out.silence(TOWER_TIMES.wakeMs);
      return;
    }
    for (let leftMs = this.#at - out.nextAt(); leftMs > 0; leftMs = this.#at - out.nextAt()) {
      if (this.isOver) return;
      if (leftMs <= TOWER_TIMES.countMs) return out.silence(leftMs);
      await out.silence(TOWER_TIMES.sliceMs);
    }
  }

  async soundChime(): Promise<void> {
    const { out } = this;
    const { chime } = this.#parts;
    const first = chime.subarray(0, framesOf(TOWER_TIMES.sliceMs));
    this.#firstAt = out.nextAt();
    await out.sound(first);
    // A device that had not begun tells only now when it did.
    this.#firstAt = Math.max(this.#firstAt, out.nextAt() - (first.length * 1_000) / SAMPLE_RATE_HZ);
    await out.sound(chime.subarray(first.length));
  }

  async soundContent(): Promise<void> {
    const { content, from } = this.#parts;
    for (let chunk = await content.next(); chunk !== undefined; chunk = await content.next()) {
      const isTornOpen = from > 0 && this.#contentFrames === 0;
      const written = await this.out.sound(isTornOpen ? fadeIn(chunk, framesOf(TOWER_TIMES.fadeMs)) : chunk);
      this.#contentFrames += written;
      this.#words.hear(chunk.subarray(0, written));
      if (this.isOver) return;
    }
    this.#isSaid = !this.isOver;
  }

  async soundTail(): Promise<void> {
    await this.out.silence(TOWER_TIMES.tailMs);
  }

  /**
   * Waits until all has sounded; a voice that makes way goes on for who cut it. A cut that comes when all is said
   * changes nothing any more.
   */
  async drain(): Promise<Performed> {
    const isCut = this.isOver && !this.#isSaid;
    if (isCut) await this.#out?.fallFromLast();
    if (this.#makesWay) this.#handOn();
    await this.#out?.voice.drain();
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
    await this.#out?.voice.cut();
    this.#forgetVoice();
    if (!this.#isAmplifierOn) return;
    await this.#parts.amplifier.release(this, this.#makesWay ? 'linger' : 'now');
  }

  get #makesWay(): boolean {
    return this.#signal.reason === ('pre-empted' satisfies Cut);
  }

  /** There is a voice as soon as the first step is done. */
  get out(): VoiceWriter {
    if (this.#out === undefined) throw new Error('the voice was not opened');
    return this.#out;
  }

  /** Content stops coming; a device that hangs on its buffer is killed before a stop is late. */
  #cutShort(): void {
    this.#parts.content.close();
    this.#forget.push(this.#parts.clock.after(TOWER_TIMES.cutMs, () => void this.#out?.voice.cut()));
  }

  #handOn(): void {
    if (this.#out === undefined) return;
    this.#remember(this.#out);
    this.#parts.slot.handOn(this.#out.voice, this.#out.position);
    this.#out = undefined;
  }

  #forgetVoice(): void {
    if (this.#out === undefined) return;
    this.#parts.slot.closed(this.#out.voice);
    this.#remember(this.#out);
    this.#out = undefined;
  }

  #remember(out: VoiceWriter): void {
    this.#accepted = out.accepted();
    this.#openedAt = out.openedAt;
    this.#gaps = out.gaps();
  }

  #measured(amplifier: 'on' | 'failed'): Pick<Performed, 'mark' | 'firstAt' | 'tower'> {
    const { clock, slot, from, amplifier: hold } = this.#parts;
    const peak = this.#level.peakCdbfs();
    const word = this.#words.last();
    const openedAt = this.#out?.openedAt ?? this.#openedAt;
    const gaps = this.#out?.gaps() ?? this.#gaps;
    return {
      mark: { done: from + this.#contentFrames, ...(word !== undefined && { word: from + word }) },
      ...(this.#firstAt !== undefined && { firstAt: this.#firstAt }),
      tower: {
        frames: this.#out?.accepted() ?? this.#accepted,
        rate_hz: SAMPLE_RATE_HZ,
        ...(peak !== undefined && { peak_cdbfs: peak }),
        ms: openedAt === undefined ? 0 : Math.round(clock.monotonic() - openedAt),
        ...(gaps !== undefined && { gaps }),
        amplifier: amplifier === 'on' && !hold.senses ? 'not-known' : amplifier,
        sink: slot.sink,
      },
    };
  }
}
