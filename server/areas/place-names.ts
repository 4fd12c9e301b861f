import { type AreaCode, levelOf } from '../../firmware-protocol/content/area.ts';
import { othersFirst } from '../others-first.ts';
import type { PlaceName } from '../ports.ts';
import type { VillageRecord } from './place-records.ts';
import type { Places } from './places.ts';
import type { VillageRegister } from './village-register.ts';

/** Some 5 ms of work. */
const TAMBONS_IN_ONE_GO = 50;
const NAMED_IN_ONE_GO = 10;

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
  const named: [AreaCode, PlaceName][] = [];
  for (const [at, area] of [...new Set(areas)].slice(0, NAMED_MOST).entries()) {
    const place = await places.placeOf(area);
    if (place !== undefined) named.push([area, called(villages.get(area), place)]);
    if (at % NAMED_IN_ONE_GO === NAMED_IN_ONE_GO - 1) await othersFirst();
  }
  return Object.fromEntries(named);
}

/** Records of the villages among these areas; of their tambons, not of a nation. */
export async function villagesAmong(
  areas: Iterable<AreaCode>,
  villages: Pick<VillageRegister, 'within'>,
): Promise<VillageRecord[]> {
  const own = [...areas].filter((area) => levelOf(area) === 'village');
  const tambons = new Set(own.slice(0, NAMED_MOST).map((village) => village.slice(0, 6)));
  const found: VillageRecord[] = [];
  let read = 0;
  for (const tambon of tambons) {
    found.push(...(await villages.within(tambon)));
    if (++read % TAMBONS_IN_ONE_GO === 0) await othersFirst();
  }
  return found;
}

function called(village: VillageRecord | undefined, { th, en }: PlaceName): PlaceName {
  if (village === undefined) return { th, en };
  return { th: `${village.name} ${th}`, en: `${village.nameEn ?? village.name}, ${en}` };
}
