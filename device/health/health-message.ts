import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Health } from '../../firmware-protocol/mqtt/messages.ts';
import type { Clock, System } from '../ports.ts';

/** The measurements of this minute. Never rejects for a measurement that the machine cannot give: it is left out. */
export async function healthMessage(
  clock: Clock,
  system: System,
  reportsWaiting: () => Promise<number>,
): Promise<Health> {
  return {
    at: instantOf(clock.wall()),
    ...(await system.measure()),
    reports_waiting: await reportsWaiting(),
  };
}
