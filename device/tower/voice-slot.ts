import type { Player, Voice } from '../ports.ts';

/**
 * The sound device, shared by the plays that are ready and the one on air. It has one voice at a time: one that is
 * armed ahead serves whichever play begins first; while a voice is in use, the next is opened when that one is closed.
 * One that its play left behind (it hung, and was abandoned) is cut before another opens: never two sounds at once (I7).
 */
export class VoiceSlot {
  readonly #player: Player;
  #reserved = 0;
  #armed: Promise<Voice> | undefined;
  #inUse: Voice | undefined;

  constructor(player: Player) {
    this.#player = player;
  }

  get sink(): string {
    return this.#player.sink;
  }

  /** Opens the device ahead, if it is free. Rejects as `Player.arm`; then nothing is reserved. */
  async reserve(): Promise<void> {
    this.#reserved += 1;
    if (this.#inUse !== undefined) return;
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
    await (await armed?.catch(() => undefined))?.cut();
  }

  /** Turns a reservation into the voice on air. Rejects as `Player.arm`. */
  async take(): Promise<Voice> {
    this.#reserved -= 1;
    await this.#inUse?.cut();
    const voice = await this.#arm();
    this.#armed = undefined;
    this.#inUse = voice;
    return voice;
  }

  /** A voice that was on air is drained or cut. */
  closed(voice: Voice): void {
    if (this.#inUse === voice) this.#inUse = undefined;
  }

  #arm(): Promise<Voice> {
    this.#armed ??= this.#player.arm().catch((error: unknown) => {
      this.#armed = undefined;
      throw error;
    });
    return this.#armed;
  }
}
