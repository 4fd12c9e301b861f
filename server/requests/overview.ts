import { type AreaCode, contains, levelOf } from '../../firmware-protocol/content/area.ts';
import type {
  FleetCounts,
  OverviewAnswer,
  OverviewRequest,
} from '../../firmware-protocol/mqtt/fleet-requests.ts';
import { FLEET_FLAGS } from '../../firmware-protocol/mqtt/hall-list.ts';
import { noneYet } from '../fleet/roll-up.ts';
import type { OperatorIdentity, PlaceName } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseUnknown, visibleWithin } from './targets.ts';

/** The halls of an area in counts, and of each part of it: as far as the asker may look. */
export async function overview(
  asker: OperatorIdentity,
  { area }: OverviewRequest,
  { places, rollUp, province }: RequestNeeds,
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
  const called = await namesOfVillages(area, province.villages);
  const told = async (one: AreaCode) => {
    const { th, en } = called.get(one) ?? (await places.placeOf(one)) ?? {};
    return { area: one, ...(th !== undefined && { th, en }), counts: countsOf(one) };
  };
  return { ...(await told(area)), parts: await Promise.all(parts.map(told)) };
}

/** What people call the villages of a tambon, where a list of them was taken in: else each would be the number of a moo. */
async function namesOfVillages(
  area: AreaCode,
  villages: RequestNeeds['province']['villages'],
): Promise<Map<AreaCode, PlaceName>> {
  if (!['tambon', 'village'].includes(levelOf(area))) return new Map();
  const listed = await villages.within(area);
  return new Map(
    listed.map(({ code, name, nameEn }) => {
      const moo = Number(code.slice(6));
      return [code, { th: `${name} หมู่ที่ ${moo}`, en: `${nameEn ?? name}, Moo ${moo}` }];
    }),
  );
}

function sum(all: FleetCounts, one: FleetCounts): FleetCounts {
  const total = { ...all, halls: all.halls + one.halls };
  for (const flag of FLEET_FLAGS) total[flag] += one[flag];
  return total;
}
