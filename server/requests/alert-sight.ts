import { contains, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import type { AlertSummary } from '../alerts/alert-records.ts';
import { mayReach } from '../areas/reach.ts';
import { hasRight } from '../operators/rights.ts';
import type { Fleet, OperatorIdentity } from '../ports.ts';

interface Needs {
  fleet: Pick<Fleet, 'device'>;
}

/**
 * Whether somebody may see an alert: it is for a place of theirs, also as a part of a larger one, or they brought it in. One that reaches no
 * village of ours concerns who looks after the whole country, and who reads the audit.
 */
export async function seesAlert(
  asker: OperatorIdentity,
  { to, via }: Pick<AlertSummary, 'to' | 'via'>,
  needs: Needs,
): Promise<boolean> {
  if (via === `post:${asker.user}`) return true;
  if (to.length === 0) return asker.areas.includes('th') || hasRight(asker, 'audit');
  return isTouchedBy(asker, to, needs);
}

/** Whether any of these targets lies in, or around, an area of the asker. */
export async function isTouchedBy(
  { areas }: Pick<OperatorIdentity, 'areas'>,
  to: readonly Target[],
  { fleet }: Needs,
): Promise<boolean> {
  for (const target of to) {
    const device = deviceOf(target);
    const area = device === undefined ? target : (await fleet.device(device))?.village;
    if (area !== undefined && (mayReach(areas, area) || areas.some((own) => contains(area, own))))
      return true;
  }
  return false;
}
