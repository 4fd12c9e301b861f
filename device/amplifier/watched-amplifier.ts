import { isDeviceError } from '../errors.ts';
import type { Clock, Log } from '../ports.ts';
import type { Amplifier } from '../sound-ports.ts';
import type { AmplifierHealth } from './amplifier-health.ts';
import { AMPLIFIER_TIMES } from './amplifier-times.ts';
import { inTime } from './in-time.ts';
import type { PowerLog } from './power-log.ts';

export interface WatchedAmplifierParts {
  amplifier: Amplifier;
  health: AmplifierHealth;
  power: PowerLog;
  clock: Clock;
  log: Log;
}

/**
 * The same amplifier, with a memory of what it was told and measured, and warnings of what is wrong with it. It is switched off
 * when the watch begins, whatever an agent that died has left; and again for as long as it was not known to obey.
 */
export class WatchedAmplifier implements Amplifier {
  readonly #parts: WatchedAmplifierParts;
  #wanted: 'on' | 'off' = 'off';
  /** The last `off` was not known to have been obeyed. */
  #isOffOwed = false;
  /** The amplifier that is there does not measure; asked again when it is switched on the next time. */
  #isBlind = false;
  /** It may be on its way until then; nobody has used it yet. */
  #comingUntil = Number.NEGATIVE_INFINITY;
  #forgetLook: () => void = () => {};
  #stopped = false;

  constructor(parts: WatchedAmplifierParts) {
    this.#parts = parts;
  }

  get senses(): boolean {
    return this.#parts.amplifier.senses;
  }

  /** A board may need seconds until it answers: what fails now is no warning yet, and is told again when it comes, or at a look. */
  begin(): void {
    const { amplifier, clock } = this.#parts;
    this.#isOffOwed = true;
    this.#comingUntil = clock.monotonic() + AMPLIFIER_TIMES.comingMs;
    amplifier.onThere?.(() => {
      if (this.#owesOff()) this.#tellOff().catch(() => {});
    });
    const told = amplifier.off();
    told.then(
      () => {
        this.#isOffOwed = false;
      },
      () => {},
    );
    this.#lookIn(AMPLIFIER_TIMES.firstLookMs);
  }

  stop(): void {
    this.#stopped = true;
    this.#forgetLook();
  }

  async on(): Promise<void> {
    const { amplifier, health, power, clock } = this.#parts;
    this.#wanted = 'on';
    this.#comingUntil = Number.NEGATIVE_INFINITY;
    this.#isBlind = false;
    this.#forgetLook();
    power.on(clock.monotonic());
    try {
      await amplifier.on();
      health.obeyed('on');
    } catch (error) {
      health.failed('on', error);
      throw error;
    }
    if (this.#wanted !== 'on') return;
    power.settled(clock.monotonic());
    this.#lookIn(AMPLIFIER_TIMES.sampleMs / 2);
  }

  async off(): Promise<void> {
    const { power, clock } = this.#parts;
    this.#wanted = 'off';
    power.off(clock.monotonic());
    this.#lookIn(AMPLIFIER_TIMES.drainedMs);
    await this.#tellOff();
  }

  async #tellOff(): Promise<void> {
    const { amplifier, health, clock } = this.#parts;
    this.#isOffOwed = true;
    try {
      await inTime(clock, AMPLIFIER_TIMES.answerMs, amplifier.off());
      this.#isOffOwed = false;
      health.obeyed('off');
    } catch (error) {
      if (!this.#isComing(error)) health.failed('off', error);
      throw error;
    }
  }

  #owesOff(): boolean {
    return !this.#stopped && this.#wanted === 'off' && this.#isOffOwed;
  }

  /** One of which nothing was heard yet is no fault at the start; what it says itself is told at once. */
  #isComing(error: unknown): boolean {
    const isItsWord = isDeviceError(error) && error.context.sensed !== undefined;
    return !isItsWord && this.#parts.clock.monotonic() < this.#comingUntil;
  }

  #lookIn(ms: number): void {
    this.#forgetLook();
    if (this.#stopped) return;
    this.#forgetLook = this.#parts.clock.after(ms, () => void this.#look());
  }

  async #look(): Promise<void> {
    const power = this.#wanted;
    await this.#measure(power);
    // Whoever switched it meanwhile looks by himself.
    if (this.#stopped || this.#wanted !== power) return;
    if (power === 'off' && (this.#isOffOwed || this.#parts.health.isStuck)) {
      this.#parts.log.warn({}, 'the amplifier is not known to be off and is told again');
      await this.#tellOff().catch(() => {});
      if (this.#wanted !== power) return;
    }
    this.#lookIn(this.#untilNextLookMs(power));
  }

  #untilNextLookMs(power: 'on' | 'off'): number {
    if (power === 'on') return AMPLIFIER_TIMES.sampleMs;
    const isComing = this.#isOffOwed && this.#parts.clock.monotonic() < this.#comingUntil;
    return isComing ? AMPLIFIER_TIMES.firstLookMs : AMPLIFIER_TIMES.idleMs;
  }

  async #measure(power: 'on' | 'off'): Promise<void> {
    const { amplifier, health, power: log, clock } = this.#parts;
    if (amplifier.measure === undefined || this.#isBlind) return;
    try {
      const measures = await inTime(clock, AMPLIFIER_TIMES.answerMs, amplifier.measure());
      if (this.#wanted !== power) return;
      log.read({ at: clock.monotonic(), ...measures });
      health.measured(measures, power);
    } catch (error) {
      // One that does not answer is told of when it is switched; a figure that is missing is not known.
      this.#isBlind = isDeviceError(error, 'panel-cannot');
      if (!this.#isBlind) log.unread(clock.monotonic());
    }
  }
}
