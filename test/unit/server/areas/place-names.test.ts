import { expect, it } from 'vitest';
import { NAMED_MOST, namesOf, villagesAmong } from '../../../../server/areas/place-names.ts';
import type { VillageRecord } from '../../../../server/areas/place-records.ts';
import { Places } from '../../../../server/areas/places.ts';
import { thaiPlaces } from '../../../../server/drivers/thai-places.ts';

const places = new Places(thaiPlaces());
const village = (code: string, name: string, nameEn?: string): VillageRecord => ({
  ...{ code, name, nameEn, households: undefined, sites: [], listedAt: 0 },
});

it('places are called as people call them; those that are not there have no name', async () => {
  const listed = [village('43010101', 'บ้านเสาเล้า', 'Ban Sao Lao'), village('43010102', 'บ้านท่าเสด็จ')];
  expect(await namesOf(['43', '43010101', '43010102', '43010103', '99'], listed, places)).toEqual({
    43: { th: 'จังหวัดหนองคาย', en: 'Nong Khai' },
    43010101: { th: 'บ้านเสาเล้า หมู่ที่ 1 ตำบลในเมือง', en: 'Ban Sao Lao, Moo 1, Tambon Nai Mueang' },
    43010102: { th: 'บ้านท่าเสด็จ หมู่ที่ 2 ตำบลในเมือง', en: 'บ้านท่าเสด็จ, Moo 2, Tambon Nai Mueang' },
    43010103: { th: 'หมู่ที่ 3 ตำบลในเมือง', en: 'Moo 3, Tambon Nai Mueang' },
  });
});

it('an answer names a thousand at most, and reads the tambons of its villages once', async () => {
  const wanted = Array.from(
    { length: NAMED_MOST + 200 },
    (_, at) => `4301${10 + Math.floor(at / 90)}${10 + (at % 90)}`,
  );
  const nowhere = {
    placeOf: async (code: string) => ({ code, level: 'village' as const, th: code, en: code }),
  };
  expect(Object.keys(await namesOf(wanted, [], nowhere))).toHaveLength(1_000);
  const asked: string[] = [];
  const within = async (area: string) => {
    asked.push(area);
    return [];
  };
  await villagesAmong(['43', '43010101', '43010102', '43010201'], { within });
  expect(asked).toEqual(['430101', '430102']);
});
