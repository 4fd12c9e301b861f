import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { mayReach } from '../areas/reach.ts';
import { hasRight } from '../operators/rights.ts';
import type { OperatorIdentity } from '../ports.ts';

/** Whether somebody may be the second person for all of these areas. */
export function mayApprove(who: OperatorIdentity, areas: readonly AreaCode[]): boolean {
  return hasRight(who, 'approve') && areas.every((area) => mayReach(who.areas, area));
}
