import type { WarningCode } from '../../firmware-protocol/content/warnings/warning-catalogue.ts';
import type { Health } from '../../firmware-protocol/mqtt/messages.ts';
import { type DeviceError, isDeviceError, saidLast } from '../errors.ts';
import type { PanelMeasures, Standing } from '../sign-ports.ts';
import type { Warnings } from './warnings.ts';

/**
 * Inside the cabinet. Driver chips and supplies are made for 85 degrees at most; a warning at 75 leaves time to open a door,
 * and one that is gone at 70 does not come and go with every cloud.
 */
const SIGN_HOT = { raisedFromC: 75, clearedBelowC: 70 } as const;

/** Why a sign that answers, or does not, cannot be shown a page: the warning of each error. */
export function warningOf(why: DeviceError): WarningCode {
  if (isDeviceError(why, 'panel-version')) return 'panel-version';
  return isDeviceError(why, 'panel-refused') ? 'panel-other' : 'panel-gone';
}

/** What a sign says and shows becomes warnings, raised and cleared. */
export class SignHealth {
  readonly #warnings: Warnings;
  #faulty = '';

  constructor(warnings: Warnings) {
    this.#warnings = warnings;
  }

  /** There, or why not; undefined = there. */
  there(why: DeviceError | undefined): void {
    const code = why && warningOf(why);
    for (const other of ['panel-gone', 'panel-version', 'panel-other'] as const)
      if (other !== code) this.#warnings.clear(other);
    if (code === undefined) return;
    const { configured, found } = why?.context ?? {};
    this.#warnings.raise(code, code === 'panel-other' ? `${configured}, found ${found}` : saidLast(why));
  }

  measured({ temperatureC, faultyModules = [] }: PanelMeasures): void {
    const faulty = faultyModules.join(', ');
    // Another list is another warning: whoever drives there takes along what is needed.
    if (faulty !== this.#faulty) this.#warnings.clear('panel-modules');
    this.#faulty = faulty;
    if (faulty !== '') this.#warnings.raise('panel-modules', `modules ${faulty}, from 0, row by row`);
    if (temperatureC === undefined) return;
    if (temperatureC >= SIGN_HOT.raisedFromC) this.#warnings.raise('panel-hot', `${temperatureC} °C`);
    if (temperatureC < SIGN_HOT.clearedBelowC) this.#warnings.clear('panel-hot');
  }

  stood(standing: Standing | DeviceError): void {
    if (standing === 'stands') this.#warnings.clear('panel-differs');
    else if (standing === 'rewritten') this.#warnings.raise('panel-differs', 'written anew');
    else if (isDeviceError(standing)) {
      const { crc, boardCrc } = standing.context;
      if (crc !== undefined) this.#warnings.raise('panel-differs', `sent ${crc}, shown ${boardCrc ?? '-'}`);
    }
  }
}

/** What is known of a sign as the health message carries it. */
export function signFacts(known: { level?: number } & PanelMeasures): NonNullable<Health['sign']> {
  const { level, temperatureC, lightLux, supplyVolts, faultyModules } = known;
  return {
    ...(level !== undefined && { brightness: level }),
    ...(temperatureC !== undefined && { temperature_c: temperatureC }),
    ...(lightLux !== undefined && { light_lux: lightLux }),
    ...(supplyVolts !== undefined && { supply_v: supplyVolts }),
    ...(faultyModules !== undefined && { faulty_modules: faultyModules }),
  };
}
