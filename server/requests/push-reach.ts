import { contains, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import type { PushAnswer } from '../../firmware-protocol/mqtt/requests.ts';
import { outermostOf } from '../dispatch/addresses.ts';
import { addTold, nothingTold } from '../fleet/told-outputs.ts';
import type { RequestNeeds } from './request-row.ts';

/**
 * By what `devices` halls will say it. A hall without a tower hears nothing, and is not counted as if it did. Out of memory, by area: when it is
 * asked for, the halls and the broker need the machine.
 */
export function reachOf(
  to: readonly Target[],
  devices: number,
  { rollUp }: { rollUp: Pick<RequestNeeds['rollUp'], 'told' | 'hall'> },
): NonNullable<PushAnswer['reach']> {
  const areas = outermostOf(to);
  const told = nothingTold();
  for (const area of areas) {
    const { halls, tower, panel, neither } = rollUp.told(area);
    told.halls += halls;
    told.tower += tower;
    told.panel += panel;
    told.neither += neither;
  }
  for (const id of new Set(to.flatMap((target) => deviceOf(target) ?? []))) {
    const hall = rollUp.hall(id);
    if (hall?.has === undefined || areas.some((area) => contains(area, hall.village))) continue;
    addTold(told, hall.has);
  }
  const { halls, tower, panel, neither } = told;
  return { tower, panel, neither, untold: Math.max(0, devices - halls) };
}
