import { type AreaCode, lineageOf } from '../../firmware-protocol/content/area.ts';
import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import type { DeviceRecord } from '../tables.ts';

/** Halls that said which outputs they have, and how many have each. */
export interface ToldOutputs {
  halls: number;
  tower: number;
  panel: number;
  neither: number;
}

/** One list for all halls that have the same: there are 75,000. */
const HAS: readonly (readonly Output[])[] = [[], ['tower'], ['panel'], ['tower', 'panel']];

/** What a hall said it has, also where that does not work; undefined = it has said nothing yet. */
export function outputsToldIn({ state }: Pick<DeviceRecord, 'state'>): readonly Output[] | undefined {
  if (state === null) return undefined;
  const has = OUTPUTS.filter((output) => state.outputs[output]);
  return HAS.find((each) => each.join() === has.join()) ?? has;
}

/** The halls of each area by what they said they have. */
export class ToldByArea {
  readonly #counts = new Map<AreaCode, ToldOutputs>();

  of(area: AreaCode): Readonly<ToldOutputs> {
    return this.#counts.get(area) ?? nothingTold();
  }

  add(village: AreaCode, has: readonly Output[] | undefined, sign: 1 | -1): void {
    if (has === undefined) return;
    for (const area of lineageOf(village)) {
      const counts = this.#counts.get(area) ?? nothingTold();
      this.#counts.set(area, counts);
      addTold(counts, has, sign);
    }
  }

  clear(): void {
    this.#counts.clear();
  }
}

export function nothingTold(): ToldOutputs {
  return { halls: 0, tower: 0, panel: 0, neither: 0 };
}

export function addTold(counts: ToldOutputs, has: readonly Output[], sign: 1 | -1 = 1): void {
  counts.halls += sign;
  if (has.length === 0) counts.neither += sign;
  for (const output of has) counts[output] += sign;
}
