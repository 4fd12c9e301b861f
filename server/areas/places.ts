import { type AreaCode, type AreaLevel, levelOf } from '../../firmware-protocol/content/area.ts';
import type { Gazetteer, PlaceName } from '../ports.ts';

export interface Place extends PlaceName {
  code: AreaCode;
  level: AreaLevel;
}

/** Bangkok has no amphoe and no tambon. */
const BANGKOK = '10';

/** The country's areas: whether a code is one, and what people call it. */
export class Places {
  readonly #gazetteer: Gazetteer;

  constructor(gazetteer: Gazetteer) {
    this.#gazetteer = gazetteer;
  }

  /** `430101` -> ตำบลในเมือง, Tambon Nai Mueang; undefined = there is no such area. */
  async placeOf(area: AreaCode): Promise<Place | undefined> {
    const level = levelOf(area);
    const name = await this.#name(area, level);
    return name && { code: area, level, ...name };
  }

  async exists(area: AreaCode): Promise<boolean> {
    return (await this.placeOf(area)) !== undefined;
  }

  #name(area: AreaCode, level: AreaLevel): Promise<PlaceName | undefined> {
    const inBangkok = area.startsWith(BANGKOK);
    const naming: Record<AreaLevel, () => Promise<PlaceName | undefined>> = {
      nation: async () => ({ th: 'ประเทศไทย', en: 'Thailand' }),
      province: async () => called(inBangkok ? '' : 'จังหวัด', '', await this.#gazetteer.name(area)),
      district: async () =>
        called(
          inBangkok ? 'เขต' : 'อำเภอ',
          inBangkok ? 'Khet ' : 'Amphoe ',
          await this.#gazetteer.name(area),
        ),
      tambon: async () =>
        called(inBangkok ? 'แขวง' : 'ตำบล', inBangkok ? 'Khwaeng ' : 'Tambon ', await this.#tambon(area)),
      village: () => this.#village(area),
    };
    return naming[level]();
  }

  /** Where the list of a district has holes, a code of it is taken at its word: a real village must never be refused. */
  async #tambon(area: AreaCode): Promise<PlaceName | undefined> {
    const district = area.slice(0, 4);
    if ((await this.#gazetteer.name(district)) === undefined) return undefined;
    const { names, complete } = await this.#gazetteer.tambons(district);
    const nameless = complete || area.endsWith('00') ? undefined : { th: ` ${area}`, en: area };
    return names.get(area) ?? nameless;
  }

  /** No list has the villages: theirs is the number of the moo in a tambon that exists. */
  async #village(area: AreaCode): Promise<PlaceName | undefined> {
    const moo = Number(area.slice(6));
    const tambon = await this.placeOf(area.slice(0, 6));
    if (tambon === undefined || moo === 0) return undefined;
    return { th: `หมู่ที่ ${moo} ${tambon.th}`, en: `Moo ${moo}, ${tambon.en}` };
  }
}

function called(th: string, en: string, name: PlaceName | undefined): PlaceName | undefined {
  return name && { th: th + name.th, en: en + name.en };
}
