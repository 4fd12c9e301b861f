import { getByGeocode, getSubDistricts } from 'thai-address-universal';
import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { Gazetteer, PlaceName } from '../ports.ts';

/**
 * Where the package differs from the codes of the Department of Provincial Administration (compared with a public
 * copy of the DOPA list, 2026): Bueng Kan, split from Nong Khai in 2011, has no district codes and the number 97
 * instead of 38; Galyani Vadhana (2009) has none; Tha Pla and Nam Pat share one.
 */
const MENDED: Record<AreaCode, PlaceName> = {
  '38': { th: 'บึงกาฬ', en: 'Bueng Kan' },
  '3801': { th: 'เมืองบึงกาฬ', en: 'Mueang Bueng Kan' },
  '3802': { th: 'พรเจริญ', en: 'Phon Charoen' },
  '3803': { th: 'โซ่พิสัย', en: 'So Phisai' },
  '3804': { th: 'เซกา', en: 'Seka' },
  '3805': { th: 'ปากคาด', en: 'Pak Khat' },
  '3806': { th: 'บึงโขงหลง', en: 'Bueng Khong Long' },
  '3807': { th: 'ศรีวิไล', en: 'Si Wilai' },
  '3808': { th: 'บุ่งคล้า', en: 'Bung Khla' },
  '5025': { th: 'กัลยาณิวัฒนา', en: 'Galyani Vadhana' },
  '5303': { th: 'ท่าปลา', en: 'Tha Pla' },
  '5304': { th: 'น้ำปาด', en: 'Nam Pat' },
};
const NO_PROVINCE = '97';
/** Phra Khanong got a second khwaeng in 2017, which the package lacks. */
const NOT_WHOLE: readonly AreaCode[] = ['1009'];

type Tambons = Awaited<ReturnType<Gazetteer['tambons']>>;

/** The gazetteer inside thai-address-universal. Loads its tables (5 MB of heap) with the first question, not before. */
export function thaiPlaces(): Gazetteer {
  // Each question walks all 7,500 rows (3 ms): an order to 256 tambons asks for few districts, often.
  const asked = new Map<AreaCode, Promise<Tambons>>();
  const named = new Map<AreaCode, Promise<PlaceName | undefined>>();
  return {
    name(area) {
      // At most 1,000 names exist; those that do not are not kept.
      const known = named.get(area) ?? nameOf(area);
      if (!named.has(area)) known.then((name) => name && named.set(area, known)).catch(() => {});
      return known;
    },
    tambons(district) {
      const known = asked.get(district) ?? readTambons(district);
      asked.set(district, known);
      return known;
    },
  };
}

async function nameOf(area: AreaCode): Promise<PlaceName | undefined> {
  return MENDED[area] ?? (await listed(area));
}

async function listed(area: AreaCode): Promise<PlaceName | undefined> {
  if (area.startsWith(NO_PROVINCE)) return undefined;
  const found = await getByGeocode(area);
  return found === null ? undefined : { th: found.nameTh, en: found.nameEn };
}

/**
 * One tambon in six has a stale code, of the district from which its own was split, or none. Those are dropped, and
 * their district is said to be incomplete.
 */
async function readTambons(district: AreaCode): Promise<Tambons> {
  const rows = MENDED[district] === undefined ? await getSubDistricts(district) : [];
  const right = rows.filter(({ code }) => code.startsWith(district));
  return {
    names: new Map(right.map(({ code, nameTh, nameEn }) => [code, { th: nameTh, en: nameEn }])),
    complete: rows.length > 0 && right.length === rows.length && !NOT_WHOLE.includes(district),
  };
}
