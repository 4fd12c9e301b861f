import { DeviceError } from '../errors.ts';
import type { Amplifier, Clock, Log } from '../ports.ts';
import { OFF_ATTEMPTS, TOWER_TIMES } from './tower-times.ts';

/**
 * Holds the amplifier on for who is on air. It goes off at once at the end, lingers between a voice that was cut and
 * the one that cut it, and goes off by itself when nobody lets go in time (I7).
 */
export class AmplifierHold {
  readonly #amplifier: Amplifier;
  readonly #clock: Clock;
  readonly #log: Log;
  #isOn = false;
  #forgetOff: () => void = () => {};

  constructor(amplifier: Amplifier, clock: Clock, log: Log) {
    this.#amplifier = amplifier;
    this.#clock = clock;
    this.#log = log;
  }

  get senses(): boolean {
    return this.#amplifier.senses;
  }

  /** On for at most `maxMs`. Resolves when settled; rejects `amplifier-failed`, also when it does not answer. */
  async take(maxMs: number): Promise<void> {
    this.#forgetOff();
    this.#forgetOff = this.#clock.after(maxMs, () => {
      this.#log.error({ maxMs }, 'the amplifier was on for too long and is switched off');
      void this.#off(1);
    });
    if (this.#isOn) return;
    this.#isOn = true;
    await this.#inTime(this.#amplifier.on());
  }

  async release(how: 'now' | 'linger'): Promise<void> {
    this.#forgetOff();
    if (how === 'now') await this.#off(1);
    else this.#forgetOff = this.#clock.after(TOWER_TIMES.lingerMs, () => void this.#off(1));
  }

  /** Never rejects: an amplifier that does not go off is told again, and logged. */
  async #off(attempt: number): Promise<void> {
    this.#isOn = false;
    try {
      await this.#inTime(this.#amplifier.off());
    } catch (error) {
      this.#log.error({ error, attempt }, 'the amplifier did not go off');
      if (attempt >= OFF_ATTEMPTS) return;
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
