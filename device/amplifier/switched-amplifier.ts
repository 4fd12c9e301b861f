import type { Warnings } from '../health/warnings.ts';
import type { Log, Store } from '../ports.ts';
import type { Amplifier } from '../sound-ports.ts';
import type { TrustedClock } from '../time/trusted-clock.ts';
import { AmplifierHealth } from './amplifier-health.ts';
import type { AmplifierRules } from './amplifier-rules.ts';
import { Duty } from './duty.ts';
import { PowerLog } from './power-log.ts';
import { RestBook } from './rest-book.ts';
import { WatchedAmplifier } from './watched-amplifier.ts';

/** For the proof of a play that began long before the amplifier went off. */
const KEPT_AT_LEAST_MS = 3_600_000;

/** An amplifier that is looked after: what it did is known, what is wrong is warned of, and it gets its rest. */
export interface SwitchedAmplifier {
  amplifier: WatchedAmplifier;
  power: PowerLog;
  duty: Duty;
  rules: AmplifierRules;
  /** Absent = it needs no rest, or nothing is remembered. */
  book?: RestBook;
}

export interface AmplifierKit {
  clock: Pick<TrustedClock, 'wall' | 'monotonic' | 'after' | 'knowsTheTime'>;
  warnings: Warnings;
  log: Log;
  /** Where its work is remembered over a power cut; absent = nowhere. */
  store?: Pick<Store, 'fact' | 'commit'> | undefined;
}

export function switchedAmplifier(
  amplifier: Amplifier,
  rules: AmplifierRules,
  { clock, warnings, log, store }: AmplifierKit,
): SwitchedAmplifier {
  const health = new AmplifierHealth(rules, warnings);
  const power = new PowerLog(Math.max(KEPT_AT_LEAST_MS, rules.rest?.withinMs ?? 0));
  const book = rules.rest && store && bookOf(power, rules.rest.withinMs, { clock, log, store });
  return {
    ...(book && { book }),
    amplifier: new WatchedAmplifier({ amplifier, health, power, clock, log }),
    ...{ power, duty: new Duty(rules, power, health), rules },
  };
}

function bookOf(
  power: PowerLog,
  withinMs: number,
  parts: Required<Pick<AmplifierKit, 'clock' | 'log'>> & { store: Pick<Store, 'fact' | 'commit'> },
): RestBook {
  const now = () => ({ spans: power.spans, isOn: power.onSince() !== undefined });
  const book = new RestBook({ ...parts, power: now, withinMs });
  power.remember(
    () => book.spans(),
    () => book.write(),
  );
  return book;
}
