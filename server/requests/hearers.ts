import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';
import type { KeptHall } from '../fleet/roll-up.ts';
import { othersFirst } from '../others-first.ts';
import type { Hearer } from '../programme/hearing.ts';
import type { RequestNeeds } from './request-row.ts';

/** Of halls, or of villages in order: 5 ms of work. */
const IN_ONE_GO = 5_000;

/**
 * Villages of the list and of the halls, province by province. Halls stand in memory: a nation's 75,000 are not read from the database. Other work
 * of the server goes on between.
 */
export async function hearersIn(
  areas: readonly AreaCode[],
  { province, rollUp }: Pick<RequestNeeds, 'province' | 'rollUp'>,
): Promise<Hearer[]> {
  const villages = new ByProvince();
  for (const area of areas)
    for await (const page of province.villages.pages(area))
      for (const { code } of page) villages.hallsOf(code);
  let seen = 0;
  for (const hall of rollUp.halls()) {
    if (areas.some((area) => contains(area, hall.village))) villages.hallsOf(hall.village).push(hall);
    if (++seen % IN_ONE_GO === 0) await othersFirst();
  }
  const hearers: Hearer[] = [];
  for (const province of villages.inOrder()) {
    for (const [village, halls] of province) hearers.push(...hearersAt(village, halls));
    await othersFirst();
  }
  return hearers;
}

/** Halls of villages; to put those of one province in order is soon done. */
class ByProvince {
  readonly #provinces = new Map<AreaCode, Map<AreaCode, KeptHall[]>>();

  hallsOf(village: AreaCode): KeptHall[] {
    const code = village.slice(0, 2);
    const villages = this.#provinces.get(code) ?? new Map<AreaCode, KeptHall[]>();
    if (villages.size === 0) this.#provinces.set(code, villages);
    const halls = villages.get(village) ?? [];
    if (halls.length === 0) villages.set(village, halls);
    return halls;
  }

  *inOrder(): Generator<[AreaCode, KeptHall[]][]> {
    for (const [, villages] of [...this.#provinces].sort(byCode)) yield [...villages].sort(byCode);
  }
}

function byCode([a]: [AreaCode, unknown], [b]: [AreaCode, unknown]): number {
  return a < b ? -1 : 1;
}

/** Halls of one village stand apart only where their laws differ. */
function hearersAt(village: AreaCode, halls: KeptHall[]): Hearer[] {
  const laws = new Set(halls.map((hall) => hall.laws));
  if (laws.size <= 1) return [{ who: village, village, laws: halls[0]?.laws, has: hasOf(halls) }];
  const inOrder = [...halls].sort((a, b) => (a.id < b.id ? -1 : 1));
  return inOrder.map((hall) => ({
    who: `device/${hall.id}`,
    village,
    laws: hall.laws,
    has: hasOf([hall]),
  }));
}

/** A hall that has said nothing yet is not said to lack anything. */
function hasOf(halls: KeptHall[]): Hearer['has'] {
  const may = (output: 'tower' | 'panel') => halls.some(({ lacks }) => !lacks.includes(output));
  return { box: halls.length > 0, tower: may('tower'), panel: may('panel') };
}
