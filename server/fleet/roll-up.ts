import { type AreaCode, type DeviceId, lineageOf, parentOf } from '../../firmware-protocol/content/area.ts';
import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { FleetCounts } from '../../firmware-protocol/mqtt/fleet-requests.ts';
import { FLEET_FLAGS, type FleetFlag } from '../../firmware-protocol/mqtt/hall-list.ts';
import type { DeviceRecord, Tables } from '../tables.ts';
import { outputsToldIn, ToldByArea, type ToldOutputs } from './told-outputs.ts';

/** Why a hall is counted under a flag, by what was last heard of it. */
const FLAGGED: Record<FleetFlag, (hall: Pick<DeviceRecord, 'presence' | 'state'>) => boolean> = {
  online: ({ presence }) => presence?.state === 'online',
  tower_fault: ({ state }) => state?.outputs.tower?.works === false,
  sign_fault: ({ state }) => state?.outputs.panel?.works === false,
  clock: ({ state }) => state?.trust === 'none' || state?.trust === 'floor',
  warned: ({ state }) => (state?.warnings.length ?? 0) > 0,
};

/** What is kept in memory of a hall: by what it is counted, found and sorted. */
export interface KeptHall {
  id: DeviceId;
  village: AreaCode;
  name: string;
  version: string;
  /** When it was last heard, epoch ms, as of its last change: of one that is there, some time ago. */
  seenAt: number;
  /** One bit a flag, in the order of FLEET_FLAGS. */
  flags: number;
  /** Outputs that it said it has not, or that do not work; none of one that has said nothing. */
  lacks: readonly Output[];
  /** Outputs that it said it has, also where they do not work; undefined = it has said nothing. */
  has: readonly Output[] | undefined;
  /** As it told them; one object for all halls that told the same. */
  laws: SiteLaws | undefined;
}

/** One list for all halls that lack the same: there are 75,000. */
const LACKS: readonly (readonly Output[])[] = [[], ['tower'], ['panel'], ['tower', 'panel']];

/**
 * The country in counts: how many halls of each area are there, and how they fare. Kept in memory and changed hall by hall, so
 * that a map of 77 provinces costs no reading of 75,000 rows. Each server counts what it hears; `load` is the truth.
 */
export class RollUp {
  readonly #devices: Pick<Tables['devices'], 'within'>;
  readonly #halls = new Map<DeviceId, KeptHall>();
  readonly #counts = new Map<AreaCode, FleetCounts>();
  readonly #told = new ToldByArea();
  readonly #parts = new Map<AreaCode, Set<AreaCode>>();
  readonly #laws = new Map<string, SiteLaws>();

  constructor(devices: Pick<Tables['devices'], 'within'>) {
    this.#devices = devices;
  }

  /** Everything anew from the database: at the start, and after all were set offline at once. */
  async load(): Promise<void> {
    const records = await this.#devices.within('th');
    this.#halls.clear();
    this.#counts.clear();
    this.#told.clear();
    this.#parts.clear();
    this.#laws.clear();
    for (const record of records) this.#keep(record);
  }

  /** After what is known of the halls was stored. */
  note(records: readonly DeviceRecord[]): void {
    for (const record of records) this.#keep(record);
  }

  /** Halls of an area; zeros = there is none. */
  of(area: AreaCode): FleetCounts {
    return this.#counts.get(area) ?? noneYet();
  }

  /** The same by what they said they have. */
  told(area: AreaCode): Readonly<ToldOutputs> {
    return this.#told.of(area);
  }

  /** One hall, as last noted; undefined = it was never heard of. */
  hall(id: DeviceId): KeptHall | undefined {
    return this.#halls.get(id);
  }

  /** Every hall, as last noted. */
  halls(): Iterable<KeptHall> {
    return this.#halls.values();
  }

  /** Every area that ever had a hall, villages included. */
  areas(): Iterable<AreaCode> {
    return this.#counts.keys();
  }

  /** The areas one step below that have halls, in order. */
  partsOf(area: AreaCode): AreaCode[] {
    return [...(this.#parts.get(area) ?? [])].filter((part) => this.of(part).halls > 0).sort();
  }

  #keep(record: DeviceRecord): void {
    const before = this.#halls.get(record.id);
    const now = keptOf(record, this.#sharedLaws(record.state?.laws));
    this.#halls.set(record.id, now);
    const isSame = before?.village === now.village && before.flags === now.flags && before.has === now.has;
    if (isSame) return;
    if (before !== undefined) this.#add(before, -1);
    this.#add(now, 1);
  }

  #sharedLaws(laws: SiteLaws | undefined): SiteLaws | undefined {
    if (laws === undefined) return undefined;
    const text = JSON.stringify(laws);
    const shared = this.#laws.get(text) ?? laws;
    this.#laws.set(text, shared);
    return shared;
  }

  #add({ village, flags, has }: KeptHall, sign: 1 | -1): void {
    this.#told.add(village, has, sign);
    for (const area of lineageOf(village)) {
      const counts = this.#counts.get(area) ?? this.#begin(area);
      counts.halls += sign;
      for (const [bit, flag] of FLEET_FLAGS.entries()) if (flags & (1 << bit)) counts[flag] += sign;
    }
  }

  #begin(area: AreaCode): FleetCounts {
    const counts = noneYet();
    this.#counts.set(area, counts);
    const parent = parentOf(area);
    if (parent !== undefined) this.#parts.set(parent, (this.#parts.get(parent) ?? new Set()).add(area));
    return counts;
  }
}

function keptOf(record: DeviceRecord, laws: SiteLaws | undefined): KeptHall {
  const { id, village, name, seenAt, state } = record;
  return {
    ...{ id, village, name, version: state?.version ?? '', seenAt: seenAt ?? 0 },
    flags: flagsOf(record),
    lacks: lacksOf(record),
    has: outputsToldIn(record),
    laws,
  };
}

function lacksOf({ state }: Pick<DeviceRecord, 'state'>): readonly Output[] {
  if (state === null) return [];
  const lacking = OUTPUTS.filter((output) => state.outputs[output]?.works !== true);
  return LACKS.find((each) => each.join() === lacking.join()) ?? lacking;
}

/** Whether one of FLEET_FLAGS applies. */
export function isFlagged({ flags }: Pick<KeptHall, 'flags'>, flag: FleetFlag): boolean {
  return (flags & (1 << FLEET_FLAGS.indexOf(flag))) !== 0;
}

function flagsOf(record: DeviceRecord): number {
  return FLEET_FLAGS.reduce((bits, flag, bit) => (FLAGGED[flag](record) ? bits | (1 << bit) : bits), 0);
}

export function noneYet(): FleetCounts {
  return { halls: 0, online: 0, tower_fault: 0, sign_fault: 0, clock: 0, warned: 0 };
}
