import type { WarningCode } from '../../firmware-protocol/content/warnings/warning-catalogue.ts';
import { isDeviceError, saidLast } from '../errors.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Clock } from '../ports.ts';
import type { Player, Voice } from '../sound-ports.ts';

/** While nothing is to be played the sound device is opened anew so often: so long a card that vanished goes unnoticed. */
const LOOK_AGAIN_MS = 60_000;
/** After a voice the device is opened again so soon: who goes on at once comes first. */
const READY_AGAIN_MS = 200;

export interface WatchedPlayerParts {
  player: Player;
  warnings: Warnings;
  clock: Clock;
  /** Keeps a voice armed while nothing is played: an alert does not wait for a program to start. */
  staysReady: boolean;
}

/**
 * The sound device with somebody who looks after it: whether it could be opened the last time, and, while nothing is to be
 * played, a voice that is ready. It is opened anew each minute, for one that vanished says so only when it is opened.
 */
export class WatchedPlayer implements Player {
  readonly #parts: WatchedPlayerParts;
  #forgetLook: () => void = () => {};
  /** A look under way: it holds the device for a moment, and whoever wants to play waits for it. */
  #looking: Promise<void> = Promise.resolve();
  #ready: Voice | undefined;
  #inUse = 0;
  #stopped = false;
  works = true;

  constructor(parts: WatchedPlayerParts) {
    this.#parts = parts;
  }

  get sink(): string {
    return this.#parts.player.sink;
  }

  async arm(): Promise<Voice> {
    this.#inUse += 1;
    this.#forgetLook();
    await this.#looking;
    try {
      const ready = this.#ready;
      this.#ready = undefined;
      return this.#released(ready ?? (await this.#open()));
    } catch (error) {
      this.#letGo(LOOK_AGAIN_MS);
      throw error;
    }
  }

  /** Opens it without a sound. */
  look(): void {
    if (this.#inUse > 0 || this.#stopped) return;
    this.#looking = this.#look();
  }

  /** Resolves when the device is closed. */
  async stop(): Promise<void> {
    this.#stopped = true;
    this.#forgetLook();
    await this.#looking;
    await this.#ready?.cut();
    this.#ready = undefined;
  }

  async #look(): Promise<void> {
    await this.#ready?.cut();
    this.#ready = undefined;
    const voice = await this.#open().catch(() => undefined);
    if (this.#parts.staysReady) this.#ready = voice;
    else await voice?.cut();
    if (voice === undefined || this.#parts.staysReady) this.#lookIn(LOOK_AGAIN_MS);
  }

  async #open(): Promise<Voice> {
    const { player, warnings } = this.#parts;
    try {
      const voice = await player.arm();
      this.works = true;
      warnings.clear('no-sound-device');
      warnings.clear('player-failed');
      return voice;
    } catch (error) {
      this.works = false;
      const code: WarningCode = isDeviceError(error, 'no-sound-device') ? 'no-sound-device' : 'player-failed';
      warnings.raise(code, saidLast(error));
      throw error;
    }
  }

  /** The voice, which makes room for the next ready one when it is closed. */
  #released(voice: Voice): Voice {
    let isOpen = true;
    const closed = async (closing: Promise<void>) => {
      try {
        await closing;
      } finally {
        if (isOpen) this.#letGo(this.#parts.staysReady ? READY_AGAIN_MS : undefined);
        isOpen = false;
      }
    };
    return {
      write: (samples) => voice.write(samples),
      drain: () => closed(voice.drain()),
      cut: () => closed(voice.cut()),
      frames: () => voice.frames(),
      ...(voice.nextAt && { nextAt: () => voice.nextAt?.() }),
      ...(voice.gaps && { gaps: () => voice.gaps?.() ?? 0 }),
    };
  }

  #letGo(lookInMs: number | undefined): void {
    this.#inUse -= 1;
    if (lookInMs !== undefined) this.#lookIn(lookInMs);
  }

  #lookIn(ms: number): void {
    this.#forgetLook();
    if (!this.#stopped) this.#forgetLook = this.#parts.clock.after(ms, () => this.look());
  }
}
