import type { Health } from '../../firmware-protocol/mqtt/messages.ts';
import { isDeviceError, saidLast } from '../errors.ts';
import type { Warnings } from '../health/warnings.ts';
import type { AmplifierMeasures } from '../sound-ports.ts';
import type { AmplifierRules } from './amplifier-rules.ts';
import { COOLER_BY_C, READINGS_THAT_TELL } from './amplifier-times.ts';
import type { PowerLog } from './power-log.ts';

export const MILLI = 1_000;

/** What the amplifier answers and measures becomes warnings, raised and cleared (F36). */
export class AmplifierHealth {
  readonly #rules: AmplifierRules;
  readonly #warnings: Warnings;
  #withoutCurrent = 0;
  #stuck = 0;
  /** What the contact said when it last disobeyed; what current says is cleared by current alone. */
  #byContact: 'amplifier-stuck' | 'amplifier-no-current' | undefined;
  #isHot = false;
  #faults = '';

  constructor(rules: AmplifierRules, warnings: Warnings) {
    this.#rules = rules;
    this.#warnings = warnings;
  }

  /** Too hot to be asked for more than life-safety. */
  get isHot(): boolean {
    return this.#isHot;
  }

  /** Power flows though it was told off, by its contact or by its current. */
  get isStuck(): boolean {
    return this.#warnings.codes().includes('amplifier-stuck');
  }

  obeyed(power: 'on' | 'off'): void {
    this.#warnings.clear('amplifier-failed');
    if (power === 'on') this.#stuck = 0;
    else this.#withoutCurrent = 0;
    if (this.#byContact !== undefined) this.#warnings.clear(this.#byContact);
    this.#byContact = undefined;
  }

  /** A command that failed; a contact that says the opposite tells more than silence does. */
  failed(power: 'on' | 'off', error: unknown): void {
    this.#warnings.raise('amplifier-failed', saidLast(error));
    const sensed = isDeviceError(error) ? error.context.sensed : undefined;
    if (sensed !== 'on' && sensed !== 'off') return;
    if (sensed === power) return;
    this.#byContact = power === 'off' ? 'amplifier-stuck' : 'amplifier-no-current';
    this.#warnings.raise(this.#byContact, `told ${power}, its contact says ${sensed}`);
  }

  /** @param power what it was told, long enough ago that the figures belong to it. */
  measured({ currentAmperes, temperatureC, faults }: AmplifierMeasures, power: 'on' | 'off'): void {
    if (currentAmperes !== undefined) this.#current(Math.round(currentAmperes * MILLI), power);
    this.#heat(temperatureC, faults);
    const told = faults.join(', ');
    // Another fault is another warning: whoever drives there takes along what is needed.
    if (told !== this.#faults) this.#warnings.clear('amplifier-fault');
    this.#faults = told;
    if (told !== '') this.#warnings.raise('amplifier-fault', told);
  }

  #current(milliamperes: number, power: 'on' | 'off'): void {
    const flows = milliamperes >= this.#rules.noCurrentMa;
    if (power === 'on') {
      this.#withoutCurrent = flows ? 0 : this.#withoutCurrent + 1;
      if (flows) this.#warnings.clear('amplifier-no-current');
      if (this.#withoutCurrent >= READINGS_THAT_TELL.noCurrent)
        this.#warnings.raise('amplifier-no-current', `told on, ${milliamperes} mA`);
      return;
    }
    this.#stuck = flows ? this.#stuck + 1 : 0;
    if (!flows) this.#warnings.clear('amplifier-stuck');
    if (this.#stuck >= READINGS_THAT_TELL.stuck)
      this.#warnings.raise('amplifier-stuck', `told off, ${milliamperes} mA`);
  }

  #heat(temperatureC: number | undefined, faults: string[]): void {
    const { hotC } = this.#rules;
    const isOver = faults.includes('over-temperature');
    if (isOver || (temperatureC ?? Number.NEGATIVE_INFINITY) >= hotC) this.#isHot = true;
    else if (temperatureC === undefined || temperatureC < hotC - COOLER_BY_C) this.#isHot = false;
    if (this.#isHot)
      this.#warnings.raise(
        'amplifier-hot',
        temperatureC === undefined ? 'by its own word' : `${temperatureC} °C`,
      );
    else this.#warnings.clear('amplifier-hot');
  }
}

/** What is known of an amplifier as the health message carries it. */
export function amplifierFacts(log: PowerLog, now: number): NonNullable<Health['amplifier']> {
  const { currentAmperes, temperatureC, supplyVolts, faults = [] } = log.last ?? {};
  return {
    on: log.onSince() !== undefined,
    on_s: Math.round(log.onMsInAll(now) / MILLI),
    ...(currentAmperes !== undefined && { current_ma: Math.round(currentAmperes * MILLI) }),
    ...(temperatureC !== undefined && { temperature_c: temperatureC }),
    ...(supplyVolts !== undefined && { supply_v: supplyVolts }),
    ...(faults.length > 0 && { faults: [...faults] }),
  };
}
