import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import type {
  FleetCounts,
  OverviewAnswer,
  OverviewRequest,
} from '../../firmware-protocol/mqtt/fleet-requests.ts';
import { FLEET_FLAGS } from '../../firmware-protocol/mqtt/hall-list.ts';
import { noneYet } from '../fleet/roll-up.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseUnknown, visibleWithin } from './targets.ts';

/** The halls of an area in counts, and of each part of it: as far as the asker may look. */
export async function overview(
  asker: OperatorIdentity,
  { area }: OverviewRequest,
  { places, rollUp }: RequestNeeds,
): Promise<OverviewAnswer> {
  await refuseUnknown(area, places);
  const visible = visibleWithin(asker, area);
  const seen = (part: AreaCode) =>
    visible.flatMap((own) => (contains(own, part) ? [part] : contains(part, own) ? [own] : []));
  const countsOf = (part: AreaCode) =>
    seen(part)
      .map((each) => rollUp.of(each))
      .reduce(sum, noneYet());
  const parts = rollUp.partsOf(area).filter((part) => seen(part).length > 0);
  const told = async (one: AreaCode) => {
    const { th, en } = (await places.placeOf(one)) ?? {};
    return { area: one, ...(th !== undefined && { th, en }), counts: countsOf(one) };
  };
  return { ...(await told(area)), parts: await Promise.all(parts.map(told)) };
}

function sum(all: FleetCounts, one: FleetCounts): FleetCounts {
  const total = { ...all, halls: all.halls + one.halls };
  for (const flag of FLEET_FLAGS) total[flag] += one[flag];
  return total;
}
