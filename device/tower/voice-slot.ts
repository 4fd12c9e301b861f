import type { Player, Voice } from '../ports.ts';

/**
 * The sound device, shared by the plays that are ready and the one on air. It has one voice at a time: one that is
 * armed ahead serves whichever play begins first; while a voice is in use, the next is opened when that one is closed.
 */
export class VoiceSlot {
  readonly #player: Player;
  #reserved = 0;
  #armed: Promise<Voice> | undefined;
  #inUse = false;

  constructor(player: Player) {
    this.#player = player;
  }

  get sink(): string {
    return this.#player.sink;
  }

  /** Opens the device ahead, if it is free. Rejects as `Player.arm`; then nothing is reserved. */
  async reserve(): Promise<void> {
    this.#reserved += 1;
    if (this.#inUse) return;
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
    this.#inUse = true;
    try {
      const voice = await this.#arm();
      this.#armed = undefined;
      return voice;
    } catch (error) {
      this.#inUse = false;
      throw error;
    }
  }

  /** The voice on air was drained or cut. */
  closed(): void {
    this.#inUse = false;
  }

  #arm(): Promise<Voice> {
    this.#armed ??= this.#player.arm().catch((error: unknown) => {
      this.#armed = undefined;
      throw error;
    });
    return this.#armed;
  }
}
