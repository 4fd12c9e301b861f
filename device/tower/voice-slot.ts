import { pause } from '../playout/waiting.ts';
import type { Clock } from '../ports.ts';
import type { Player, Voice } from '../sound-ports.ts';
import { framesOf } from './score.ts';
import { TOWER_TIMES } from './tower-times.ts';

/** A voice as one play holds it: what was written before belongs to another. */
export interface HeldVoice {
  voice: Voice;
  /** Frames that were written to it when this play took it. */
  from: number;
}

/**
 * The sound device, shared by the plays that are ready and the one on air. It has one voice at a time: one that is
 * armed ahead serves whichever play begins first; while a voice is in use, the next is opened when that one is closed.
 * One that its play left behind (it hung, and was abandoned) is cut before another opens: never two sounds at once (I7).
 * A play that makes way hands its voice on, running: opening a device again would cost the alert what it takes.
 */
export class VoiceSlot {
  readonly #player: Player;
  readonly #clock: Clock;
  #reserved = 0;
  #armed: Promise<Voice> | undefined;
  /** A voice that is being closed: a card has one. */
  #freed: Promise<void> | undefined;
  #inUse: Voice | undefined;
  #kept: KeptVoice | undefined;

  constructor(player: Player, clock: Clock) {
    this.#player = player;
    this.#clock = clock;
  }

  get sink(): string {
    return this.#player.sink;
  }

  /** Opens the device ahead, if it is free. Rejects as `Player.arm`; then nothing is reserved. */
  async reserve(): Promise<void> {
    this.#reserved += 1;
    if (this.#inUse !== undefined || this.#kept !== undefined) return;
    try {
      await this.#arm();
    } catch (error) {
      this.#reserved -= 1;
      throw error;
    }
  }

  /** Gives a reservation back unused. */
  async cancel(): Promise<void> {
    this.#reserved -= 1;
    if (this.#reserved > 0) return;
    const armed = this.#armed;
    this.#armed = undefined;
    await this.#free((await armed?.catch(() => undefined))?.cut());
  }

  /** Turns a reservation into the voice on air. Rejects as `Player.arm`. */
  async take(): Promise<HeldVoice> {
    this.#reserved -= 1;
    const running = await this.#kept?.take();
    this.#kept = undefined;
    if (running !== undefined) {
      this.#inUse = running.voice;
      return running;
    }
    await this.#inUse?.cut();
    const voice = await this.#arm();
    this.#armed = undefined;
    this.#inUse = voice;
    return { voice, from: 0 };
  }

  /** A voice that was on air is drained or cut. */
  closed(voice: Voice): void {
    if (this.#inUse === voice) this.#inUse = undefined;
  }

  /** Hands a running voice on to who takes the next one, silent until then; closed when nobody does. */
  handOn(voice: Voice, written: number): void {
    if (this.#inUse !== voice) return;
    this.#inUse = undefined;
    this.#kept = new KeptVoice(voice, written, this.#clock);
  }

  /** At the end of the agent. */
  async close(): Promise<void> {
    await this.#kept?.close();
  }

  async #free(closing: Promise<void> | undefined): Promise<void> {
    this.#freed = closing;
    await closing;
    if (this.#freed === closing) this.#freed = undefined;
  }

  #arm(): Promise<Voice> {
    const open = () => this.#player.arm();
    this.#armed ??= (this.#freed === undefined ? open() : this.#freed.then(open)).catch((error: unknown) => {
      this.#armed = undefined;
      throw error;
    });
    return this.#armed;
  }
}

/** A voice between two plays. It is given silence: a device that runs dry would have to start again. */
class KeptVoice {
  readonly #voice: Voice;
  readonly #clock: Clock;
  readonly #feeding: Promise<void>;
  readonly #forget: () => void;
  #written: number;
  readonly #taken = new AbortController();
  #closing: Promise<void> | undefined;

  constructor(voice: Voice, written: number, clock: Clock) {
    this.#voice = voice;
    this.#clock = clock;
    this.#written = written;
    this.#feeding = this.#feed();
    this.#forget = clock.after(TOWER_TIMES.lingerMs, () => void this.close());
  }

  /** Undefined when it has failed meanwhile, or nobody came in time: then the device is free. */
  async take(): Promise<HeldVoice | undefined> {
    this.#forget();
    this.#taken.abort();
    // One that hangs now is not waited for by an alert.
    const forget = this.#clock.after(TOWER_TIMES.cutMs, () => void this.close());
    await this.#feeding;
    forget();
    await this.#closing;
    return this.#closing === undefined ? { voice: this.#voice, from: this.#written } : undefined;
  }

  close(): Promise<void> {
    this.#forget();
    this.#closing ??= this.#voice.cut();
    return this.#closing;
  }

  async #feed(): Promise<void> {
    const silence = new Int16Array(framesOf(TOWER_TIMES.sliceMs));
    // Who takes it at once goes on right behind what was cut; the device has enough for so long.
    await pause(this.#clock, TOWER_TIMES.feedAfterMs, this.#taken.signal);
    try {
      while (!this.#taken.signal.aborted && this.#closing === undefined) {
        await this.#voice.write(silence);
        this.#written += silence.length;
      }
    } catch {
      await this.close();
    }
  }
}
