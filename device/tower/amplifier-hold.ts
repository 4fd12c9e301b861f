import { DeviceError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { Amplifier } from '../sound-ports.ts';
import { OFF_ATTEMPTS, TOWER_TIMES } from './tower-times.ts';

/**
 * Holds the amplifier on for who is on air. It goes off at once at the end, lingers between a voice that was cut and
 * the one that cut it, and goes off by itself when nobody lets go in time (I7). Who took it last holds it: one that was
 * abandoned and lets go late takes it from nobody.
 */
export class AmplifierHold {
  readonly #amplifier: Amplifier;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #tailMs: number;
  #isOn = false;
  /** The last `on`, settled or not: who takes over a hold waits for the same answer. */
  #goingOn: Promise<void> | undefined;
  #holder: object | undefined;
  #goingOff: Promise<void> | undefined;
  #forgetOff: () => void = () => {};

  /** @param tailMs for which power stays on after the last sample; a stop waits for that no more than the next voice does. */
  constructor(amplifier: Amplifier, clock: Clock, log: Log, tailMs = 0) {
    this.#amplifier = amplifier;
    this.#clock = clock;
    this.#log = log;
    this.#tailMs = tailMs;
  }

  get senses(): boolean {
    return this.#amplifier.senses;
  }

  /** On for at most `maxMs`. Resolves when settled; rejects `amplifier-failed`, also when it does not answer. */
  async take(holder: object, maxMs: number): Promise<void> {
    this.#holder = holder;
    this.#forgetOff();
    this.#forgetOff = this.#clock.after(maxMs, () => {
      this.#log.error({ maxMs }, 'the amplifier was on for too long and is switched off');
      void this.#off(1);
    });
    this.#goingOn ??= this.#switchOn();
    const goingOn = this.#goingOn;
    try {
      await goingOn;
    } catch (error) {
      // One that did not come on is told again by whoever takes it next.
      if (this.#goingOn === goingOn) this.#goingOn = undefined;
      throw error;
    }
  }

  async #switchOn(): Promise<void> {
    this.#isOn = true;
    await this.#goingOff;
    // Given back meanwhile: what is off stays off.
    if (this.#isOn) await this.#inTime(this.#amplifier.on());
  }

  async release(holder: object, how: 'now' | 'linger'): Promise<void> {
    if (this.#holder !== holder) return;
    this.#holder = undefined;
    this.#forgetOff();
    const stayMs = how === 'linger' ? TOWER_TIMES.lingerMs : this.#tailMs;
    if (stayMs === 0) await this.#off(1);
    else this.#forgetOff = this.#clock.after(stayMs, () => void this.#off(1));
  }

  /** At the end of the agent: off, whoever holds it or has just let go; nothing is tried again afterwards. */
  async close(): Promise<void> {
    this.#holder = undefined;
    this.#forgetOff();
    if (this.#isOn) await this.#off(OFF_ATTEMPTS);
  }

  /** Never rejects: an amplifier that does not go off is told again, and logged. */
  async #off(attempt: number): Promise<void> {
    this.#isOn = false;
    this.#goingOn = undefined;
    this.#goingOff = this.#switchOff(attempt);
    await this.#goingOff;
  }

  async #switchOff(attempt: number): Promise<void> {
    try {
      await this.#inTime(this.#amplifier.off());
    } catch (error) {
      this.#log.error({ error, attempt }, 'the amplifier did not go off');
      // Somebody else is on air by now: it shall be on.
      if (this.#isOn || attempt >= OFF_ATTEMPTS) return;
      this.#forgetOff = this.#clock.after(TOWER_TIMES.offAgainMs, () => void this.#off(attempt + 1));
    }
  }

  async #inTime(answer: Promise<void>): Promise<void> {
    let forget = () => {};
    const late = new Promise<never>((_, reject) => {
      const silent = () =>
        reject(new DeviceError('amplifier-failed', { silent_ms: TOWER_TIMES.amplifierMs }));
      forget = this.#clock.after(TOWER_TIMES.amplifierMs, silent);
    });
    try {
      await Promise.race([answer, late]);
    } finally {
      forget();
    }
  }
}
