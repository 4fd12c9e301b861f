import { type AreaCode, levelOf } from '../../firmware-protocol/content/area.ts';
import type { PlaceName } from '../ports.ts';
import type { VillageRecord } from './place-records.ts';
import type { Places } from './places.ts';
import type { VillageRegister } from './village-register.ts';

/** In one answer: some 180 bytes each, and a message holds 640 KB. */
export const NAMED_MOST = 1_000;

/**
 * What people call areas, by code: `บ้านโนนม่วง หมู่ที่ 3 ตำบลในเมือง` where `listed` has the village, `หมู่ที่ 3 ตำบลในเมือง` where it has not. Of the
 * first 1,000; what nobody named is not in it.
 */
export async function namesOf(
  areas: Iterable<AreaCode>,
  listed: readonly VillageRecord[],
  places: Pick<Places, 'placeOf'>,
): Promise<Record<AreaCode, PlaceName>> {
  const villages = new Map(listed.map((village) => [village.code, village]));
  const named = [...new Set(areas)].slice(0, NAMED_MOST).map(async (area) => {
    const place = await places.placeOf(area);
    return place === undefined ? [] : [[area, called(villages.get(area), place)] as const];
  });
  return Object.fromEntries((await Promise.all(named)).flat());
}

/** Records of the villages among these areas; of their tambons, not of a nation. */
export async function villagesAmong(
  areas: Iterable<AreaCode>,
  villages: Pick<VillageRegister, 'within'>,
): Promise<VillageRecord[]> {
  const own = [...areas].filter((area) => levelOf(area) === 'village');
  const tambons = new Set(own.slice(0, NAMED_MOST).map((village) => village.slice(0, 6)));
  return (await Promise.all([...tambons].map((tambon) => villages.within(tambon)))).flat();
}

function called(village: VillageRecord | undefined, { th, en }: PlaceName): PlaceName {
  if (village === undefined) return { th, en };
  return { th: `${village.name} ${th}`, en: `${village.nameEn ?? village.name}, ${en}` };
}
