import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Health } from '../../firmware-protocol/mqtt/messages.ts';
import type { Clock, Store, System } from '../ports.ts';

export interface HealthParts {
  clock: Pick<Clock, 'wall'>;
  system: System;
  store: Pick<Store, 'waiting'>;
  /** What the outputs measured of themselves. */
  units: { health?: () => Pick<Health, 'sign' | 'amplifier' | 'inputs'> }[];
}

/** The measurements of this minute. Never rejects for a measurement that the machine cannot give: it is left out. */
export async function healthMessage({ clock, system, store, units }: HealthParts): Promise<Health> {
  return {
    at: instantOf(clock.wall()),
    ...(await system.measure()),
    reports_waiting: await store.waiting(),
    ...Object.assign({}, ...units.map((unit) => unit.health?.())),
  };
}
