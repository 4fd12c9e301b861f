import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Health } from '../../firmware-protocol/mqtt/messages.ts';
import type { Clock, Store, System } from '../ports.ts';
import type { MachineReading } from './checks/machine.ts';
import type { MediaSeen } from './checks/media-seen.ts';

export interface HealthParts {
  clock: Pick<Clock, 'wall'>;
  system: System;
  store: Pick<Store, 'waiting'>;
  /** The box as of the last round. */
  box: () => MachineReading;
  /** The files of the next days as of the last look; undefined = nobody has looked. */
  media: () => MediaSeen | undefined;
  /** What the outputs measured of themselves. */
  units: { health?: () => Pick<Health, 'sign' | 'amplifier' | 'inputs'> }[];
}

/** The measurements of this minute. Never rejects for a measurement that the machine cannot give: it is left out. */
export async function healthMessage({
  clock,
  system,
  store,
  units,
  box,
  media,
}: HealthParts): Promise<Health> {
  return {
    at: instantOf(clock.wall()),
    ...(await system.measure()),
    reports_waiting: await store.waiting(),
    ...boxFacts(box()),
    ...mediaFacts(media()),
    ...Object.assign({}, ...units.map((unit) => unit.health?.())),
  };
}

function boxFacts(box: MachineReading): Pick<Health, 'box'> {
  const facts: NonNullable<Health['box']> = {
    ...(box.temperatureC !== undefined && { temperature_c: box.temperatureC }),
    ...(box.memoryAvailableBytes !== undefined && { memory_available_bytes: box.memoryAvailableBytes }),
    ...(box.isUnderVoltage !== undefined && { under_voltage: box.isUnderVoltage }),
    ...(box.isSlowed !== undefined && { slowed: box.isSlowed }),
    ...(box.fileSystemErrors !== undefined && { file_system_errors: box.fileSystemErrors }),
    ...(box.wearPercent !== undefined && { wear_percent: box.wearPercent }),
    ...(box.canary !== undefined && 'ms' in box.canary && { write_ms: box.canary.ms }),
    ...(box.writtenTimes !== undefined && { written_times: Number(box.writtenTimes.toFixed(1)) }),
    ...(box.wifiDbm !== undefined && { wifi_dbm: box.wifiDbm }),
    ...(box.mobile !== undefined && { mobile_percent: Math.round(box.mobile.percent) }),
  };
  return Object.keys(facts).length === 0 ? {} : { box: facts };
}

function mediaFacts(seen: MediaSeen | undefined): Pick<Health, 'media'> {
  if (seen === undefined) return {};
  const { weekFiles, weekBytes, weekMissing, firstMissingMs } = seen;
  return {
    media: {
      ...{ week_files: weekFiles, week_bytes: weekBytes, week_missing: weekMissing },
      ...(firstMissingMs !== undefined && { first_missing: instantOf(firstMissingMs) }),
    },
  };
}
