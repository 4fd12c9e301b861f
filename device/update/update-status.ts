import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { DeviceState } from '../../firmware-protocol/mqtt/messages.ts';
import type { Step } from './next-step.ts';
import type { Busy } from './quiet-moment.ts';

/** What the updater is about. */
export type UpdateStep = Step | { do: 'trial' } | { do: 'restart'; version: string; waits: Busy | undefined };

/** What a technician is told. */
export interface UpdateStatus {
  version: string;
  slot: string;
  trial: boolean;
  floor: string;
  step: UpdateStep;
}

/** For the state message: what a province wants to see of a fleet; undefined = nothing is offered that does not run. */
export function shownOf(step: UpdateStep, running: string): DeviceState['update'] {
  switch (step.do) {
    case 'trial':
      return { version: running, step: 'trial' };
    case 'restart':
      return { version: step.version, step: step.waits ?? 'restart' };
    case 'fetch':
    case 'try-out':
      return { version: step.release.version, step: step.do };
    case 'nothing': {
      if (step.version === undefined || step.why === 'newest') return undefined;
      const until = step.until === undefined ? {} : { until: instantOf(step.until) };
      return { version: step.version, step: step.why, ...until };
    }
  }
}
