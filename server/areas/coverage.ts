import { type AreaCode, levelOf } from '../../firmware-protocol/content/area.ts';
import type { Output } from '../../firmware-protocol/content/band.ts';
import type { Database, DeviceRecord } from '../tables.ts';
import type { Standing, StandingRecord, VillageRecord } from './place-records.ts';
import { bestFirst, childOf, sinceOf, standingOf } from './standing.ts';

/** A village and the box that fares best in it. */
export interface CoveredVillage {
  village: AreaCode;
  /** Of the list; undefined = it stands on none. */
  name: string | undefined;
  standing: Standing | 'without';
  /** Epoch ms; undefined = nobody saw when. */
  since: number | undefined;
  device: string | undefined;
  /** What does not work, or was found by the survey and the box does not have. */
  lacks: Output[];
}

export type Counts = Record<'villages' | Standing | 'without', number>;

export interface Coverage {
  all: Counts;
  parts: Map<AreaCode, Counts>;
  villages: CoveredVillage[];
}

/** Who of `visible`, which lies inside of `area`, has a box that works; villages on the list and villages of boxes alike. */
export async function coverageOf(
  area: AreaCode,
  visible: readonly AreaCode[],
  db: Pick<Database, 'villages' | 'devices' | 'standings'>,
): Promise<Coverage> {
  const within = async <T>(table: { within(area: AreaCode): Promise<T[]> }): Promise<T[]> =>
    (await Promise.all(visible.map((each) => table.within(each)))).flat();
  const listed = new Map((await within(db.villages)).map((village) => [village.code, village]));
  const journal = new Map((await within(db.standings)).map((record) => [record.device, record]));
  const boxes = new Map<AreaCode, DeviceRecord[]>();
  for (const record of await within(db.devices))
    boxes.set(record.village, [...(boxes.get(record.village) ?? []), record]);
  const villages = [...new Set([...listed.keys(), ...boxes.keys()])]
    .sort()
    .map((code) => covered(code, listed.get(code), boxes.get(code) ?? [], journal));
  const parts = new Map<AreaCode, Counts>();
  const all = noneYet();
  for (const { village, standing } of villages) {
    count(all, standing);
    if (levelOf(area) === 'tambon' || levelOf(area) === 'village') continue;
    const part = childOf(area, village);
    const counts = parts.get(part) ?? noneYet();
    count(counts, standing);
    parts.set(part, counts);
  }
  return { all, parts, villages };
}

function covered(
  code: AreaCode,
  listed: VillageRecord | undefined,
  boxes: DeviceRecord[],
  journal: ReadonlyMap<string, StandingRecord>,
): CoveredVillage {
  const best = boxes
    .map((record) => ({ record, standing: standingOf(record) }))
    .sort((a, b) => bestFirst(a.standing, b.standing))[0];
  const name = listed?.name ?? best?.record.name;
  if (best === undefined)
    return {
      village: code,
      name,
      standing: 'without',
      since: listed?.listedAt,
      device: undefined,
      lacks: [],
    };
  const { record, standing } = best;
  return {
    village: code,
    name,
    standing,
    since: sinceOf(standing, record, journal.get(record.id)),
    device: record.id,
    lacks: lacksOf(record, listed),
  };
}

/** A survey speaks of what is on the wall; only the box says what it drives. */
function lacksOf({ state }: DeviceRecord, listed: VillageRecord | undefined): Output[] {
  if (state === null) return [];
  const surveyed = listed?.sites.flatMap(({ outputs }) => outputs) ?? [];
  return (['tower', 'panel'] as const).filter((output) => {
    const has = state.outputs[output];
    return has === undefined ? surveyed.includes(output) : !has.works;
  });
}

function noneYet(): Counts {
  return { villages: 0, working: 0, impaired: 0, offline: 0, new: 0, without: 0 };
}

function count(counts: Counts, standing: Standing | 'without'): void {
  counts.villages++;
  counts[standing]++;
}
