import { BANDS, type Band } from '../../firmware-protocol/content/band.ts';
import { DeviceError } from '../errors.ts';
import type { AmplifierHealth } from './amplifier-health.ts';
import type { AmplifierRules } from './amplifier-rules.ts';
import type { PowerLog } from './power-log.ts';

const SECOND_MS = 1_000;

/** Whether the amplifier may be on for something now. Alerts and ceremonies always may: a tower that is saved and silent saves nobody. */
export class Duty {
  readonly #rules: AmplifierRules;
  readonly #power: PowerLog;
  readonly #health: AmplifierHealth;

  constructor(rules: AmplifierRules, power: PowerLog, health: AmplifierHealth) {
    this.#rules = rules;
    this.#power = power;
    this.#health = health;
  }

  /**
   * Why something that takes `neededMs` must not begin at the monotonic instant `now`; undefined = it may. What would run into the
   * limit does not begin: a notice that breaks off in the middle is worse than one that is refused and reported.
   */
  refusal(band: Band, neededMs: number, now: number): DeviceError | undefined {
    if (band >= BANDS.ceremony) return undefined;
    const { maxOnMs, rest, hotC } = this.#rules;
    if (neededMs > maxOnMs)
      return new DeviceError('amplifier-limit', { needs_s: inSeconds(neededMs), most_s: inSeconds(maxOnMs) });
    if (this.#health.isHot)
      return new DeviceError('amplifier-rest', {
        why: 'hot',
        temperature_c: this.#power.last?.temperatureC,
        hot_c: hotC,
      });
    const since = this.#power.onSince();
    if (since !== undefined && now - since + neededMs > maxOnMs)
      return new DeviceError('amplifier-rest', { why: 'on without a pause', on_s: inSeconds(now - since) });
    if (rest === undefined || this.#power.onMs(now - rest.withinMs, now) + neededMs <= rest.onMs)
      return undefined;
    if (neededMs > rest.onMs)
      return new DeviceError('amplifier-limit', {
        needs_s: inSeconds(neededMs),
        most_s: inSeconds(rest.onMs),
      });
    const rested = this.#power.restedAt(rest.onMs - neededMs, rest.withinMs, now);
    return new DeviceError('amplifier-rest', {
      ...{ on_s: inSeconds(this.#power.onMs(now - rest.withinMs, now)), within_s: inSeconds(rest.withinMs) },
      rested_in_s: inSeconds(rested - now),
    });
  }
}

function inSeconds(ms: number): number {
  return Math.ceil(ms / SECOND_MS);
}
