import type { Warnings } from '../health/warnings.ts';
import type { Amplifier, Clock, Log } from '../ports.ts';
import { AmplifierHealth } from './amplifier-health.ts';
import type { AmplifierRules } from './amplifier-rules.ts';
import { Duty } from './duty.ts';
import { PowerLog } from './power-log.ts';
import { WatchedAmplifier } from './watched-amplifier.ts';

/** For the proof of a play that began long before the amplifier went off. */
const KEPT_AT_LEAST_MS = 3_600_000;

/** An amplifier that is looked after: what it did is known, what is wrong is warned of, and it gets its rest. */
export interface SwitchedAmplifier {
  amplifier: WatchedAmplifier;
  power: PowerLog;
  duty: Duty;
  rules: AmplifierRules;
}

export function switchedAmplifier(
  amplifier: Amplifier,
  rules: AmplifierRules,
  { clock, warnings, log }: { clock: Clock; warnings: Warnings; log: Log },
): SwitchedAmplifier {
  const health = new AmplifierHealth(rules, warnings);
  const power = new PowerLog(Math.max(KEPT_AT_LEAST_MS, rules.rest?.withinMs ?? 0));
  return {
    amplifier: new WatchedAmplifier({ amplifier, health, power, clock, log }),
    ...{ power, duty: new Duty(rules, power, health), rules },
  };
}
