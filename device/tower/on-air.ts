import { isDeviceError } from '../errors.ts';
import type { Cut, Performed } from '../playout/play.ts';
import { pause } from '../playout/waiting.ts';
import { type Clock, SAMPLE_RATE_HZ, type Voice } from '../ports.ts';
import type { AmplifierHold } from './amplifier-hold.ts';
import { fadeOut } from './fade.ts';
import { Level } from './level.ts';
import type { ReadAhead } from './read-ahead.ts';
import { framesOf } from './score.ts';
import { TOWER_TIMES } from './tower-times.ts';
import type { VoiceSlot } from './voice-slot.ts';

export interface OnAirParts {
  clock: Clock;
  slot: VoiceSlot;
  amplifier: AmplifierHold;
  /** Empty where the play has none, or goes on after a cut. */
  chime: Int16Array;
  content: ReadAhead;
  /** Content frames sounded before this stretch. */
  from: number;
  /** What chime and content of this stretch take by the document, ms. */
  lengthMs: number;
  gainDb: number;
}

/** The stretch on air: what is open, and what was measured. */
export class OnAir {
  readonly #parts: OnAirParts;
  readonly #signal: AbortSignal;
  readonly #at: number | undefined;
  readonly #overrun = new AbortController();
  readonly #level: Level;
  readonly #onTimeMs: number;
  readonly #forget: (() => void)[] = [];
  #voice: Voice | undefined;
  #isAmplifierOn = false;
  #hasFaded = false;
  #firstAt: number | undefined;
  #contentFrames = 0;
  #closedFrames = 0;

  constructor(parts: OnAirParts, signal: AbortSignal, at: number | undefined) {
    this.#parts = parts;
    this.#at = at;
    this.#level = new Level(parts.gainDb);
    this.#signal = AbortSignal.any([signal, this.#overrun.signal]);
    const { leadMs, tailMs, onTimeLimitMs, callAheadMs, amplifierMs } = TOWER_TIMES;
    this.#onTimeMs = callAheadMs + amplifierMs + leadMs + parts.lengthMs + tailMs + onTimeLimitMs;
    this.#forget.push(parts.clock.after(this.#onTimeMs, () => this.#overrun.abort('overrun' satisfies Cut)));
    this.#signal.addEventListener('abort', () => this.#cutShort(), { once: true });
  }

  get isCut(): boolean {
    return this.#signal.aborted;
  }

  async openVoice(): Promise<void> {
    this.#voice = await this.#parts.slot.take();
  }

  /** A cut does not wait for an amplifier that is slow to come on. */
  async amplifierOn(): Promise<void> {
    this.#isAmplifierOn = true;
    const settled = this.#parts.amplifier.take(this, this.#onTimeMs + TOWER_TIMES.cutMs);
    const cut = new Promise<void>((resolve) => this.#signal.addEventListener('abort', () => resolve()));
    await Promise.race([settled, cut]);
    settled.catch(() => {});
  }

  async waitForInstant(): Promise<void> {
    if (this.#at === undefined) return;
    const { clock } = this.#parts;
    await pause(clock, this.#at - TOWER_TIMES.leadMs - clock.monotonic(), this.#signal);
  }

  async soundAll(chunks: Iterable<Int16Array>): Promise<void> {
    for (const chunk of chunks) await this.#sound(chunk);
  }

  async soundChime(): Promise<void> {
    await this.#sound(this.#parts.chime);
  }

  async soundContent(): Promise<void> {
    const { content } = this.#parts;
    for (let chunk = await content.next(); chunk !== undefined; chunk = await content.next()) {
      this.#contentFrames += await this.#sound(chunk);
      if (this.isCut) return;
    }
  }

  /** Waits until all has sounded. A cut that comes while only the device's buffer is left changes nothing any more. */
  async drain(): Promise<Performed> {
    const end = this.isCut ? 'cut' : 'finished';
    await this.#voice?.drain();
    this.#forgetVoice();
    if (this.#overrun.signal.aborted) return { end: 'failed', reason: 'overrun', ...this.#measured('on') };
    return { end, ...this.#measured('on') };
  }

  /** A device that was killed because of a cut did not fail. */
  failed(error: unknown): Performed {
    if (this.isCut && !this.#overrun.signal.aborted) return { end: 'cut', ...this.#measured('on') };
    const reason = this.isCut ? 'overrun' : isDeviceError(error) ? error.code : 'internal';
    const detail = error instanceof Error ? error.message : String(error);
    const amplifier = reason === 'amplifier-failed' ? 'failed' : 'on';
    return { end: 'failed', reason, detail, ...this.#measured(amplifier) };
  }

  /** Whatever happened: nothing stays open, and the amplifier goes off unless another voice follows at once. */
  async leave(): Promise<void> {
    for (const forget of this.#forget) forget();
    this.#parts.content.close();
    await this.#voice?.cut();
    this.#forgetVoice();
    if (!this.#isAmplifierOn) return;
    const isHandedOver = this.#signal.reason === ('pre-empted' satisfies Cut);
    await this.#parts.amplifier.release(this, this.isCut && isHandedOver ? 'linger' : 'now');
  }

  /** Writes slice by slice; at a cut the slice that was next falls to silence. Resolves to the frames written. */
  async #sound(samples: Int16Array): Promise<number> {
    const sliceFrames = framesOf(TOWER_TIMES.sliceMs);
    for (let from = 0; from < samples.length; from += sliceFrames) {
      const slice = samples.subarray(from, from + sliceFrames);
      if (this.isCut) return from + (await this.#fade(slice));
      await this.#write(slice);
    }
    return samples.length;
  }

  async #fade(slice: Int16Array): Promise<number> {
    if (this.#hasFaded) return 0;
    this.#hasFaded = true;
    const last = slice.subarray(0, framesOf(TOWER_TIMES.fadeMs));
    await this.#write(fadeOut(last, last.length));
    return last.length;
  }

  async #write(samples: Int16Array): Promise<void> {
    this.#firstAt ??= this.#parts.clock.monotonic();
    await this.#voice?.write(this.#level.apply(samples));
  }

  /** Content stops coming; a device that hangs on its buffer is killed before a stop is late. */
  #cutShort(): void {
    this.#parts.content.close();
    this.#forget.push(this.#parts.clock.after(TOWER_TIMES.cutMs, () => void this.#voice?.cut()));
  }

  #forgetVoice(): void {
    if (this.#voice !== undefined) this.#parts.slot.closed(this.#voice);
    this.#closedFrames += this.#voice?.frames() ?? 0;
    this.#voice = undefined;
  }

  #measured(amplifier: 'on' | 'failed'): Pick<Performed, 'mark' | 'firstAt' | 'tower'> {
    const { clock, slot, from, amplifier: hold } = this.#parts;
    const peak = this.#level.peakCdbfs();
    return {
      mark: { done: from + this.#contentFrames },
      ...(this.#firstAt !== undefined && { firstAt: this.#firstAt + TOWER_TIMES.leadMs }),
      tower: {
        frames: this.#closedFrames + (this.#voice?.frames() ?? 0),
        rate_hz: SAMPLE_RATE_HZ,
        ...(peak !== undefined && { peak_cdbfs: peak }),
        ms: this.#firstAt === undefined ? 0 : Math.round(clock.monotonic() - this.#firstAt),
        amplifier: amplifier === 'on' && !hold.senses ? 'not-known' : amplifier,
        sink: slot.sink,
      },
    };
  }
}
