import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import { contains } from '../../firmware-protocol/content/area.ts';
import type { Fault } from '../../firmware-protocol/mqtt/answer.ts';
import { ServerError } from '../errors.ts';
import { domainFault } from '../faults/domain-fault.ts';
import { othersFirst } from '../others-first.ts';
import type { Clock } from '../ports.ts';
import type { Database } from '../tables.ts';
import { type ReadVillage, readPlaces } from './place-csv.ts';
import type { Point, VillageRecord } from './place-records.ts';
import type { Places } from './places.ts';
import { mayReach } from './reach.ts';

/** A page of faults is mended at once; a file of another kind has one a line. */
const FAULTS_TOLD = 500;

/** 5 ms of work to read them. */
const VILLAGES_IN_ONE_GO = 500;

export interface ImportWish {
  bytes: Uint8Array;
  by: string;
  /** Of the one who imports. */
  areas: readonly AreaCode[];
  /** What the list of this area has and the file has not is taken off. */
  replaces?: AreaCode | undefined;
  /** Only told, not done. */
  dryRun: boolean;
}

/** What an import did, or would do. */
export interface Imported {
  villages: number;
  added: AreaCode[];
  changed: AreaCode[];
  dropped: AreaCode[];
  sites: number;
  withoutPoint: number;
  /** Groups that villages were added to; new ones are called by their id. */
  groups: string[];
  encoding: string;
  delimiter: string;
}

interface Needs {
  db: Database;
  places: Places;
  clock: Pick<Clock, 'wall'>;
}

/** The villages of the provinces that this server has, by name, site and point. */
export class VillageRegister {
  readonly #needs: Needs;

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  within(area: AreaCode): Promise<VillageRecord[]> {
    return this.#needs.db.villages.within(area);
  }

  /** The same page by page, and others have their turn in between. */
  async *pages(area: AreaCode): AsyncGenerator<VillageRecord[]> {
    let after: AreaCode | undefined;
    do {
      const page = await this.#needs.db.villages.next(area, after, VILLAGES_IN_ONE_GO);
      yield page;
      await othersFirst();
      after = page.length < VILLAGES_IN_ONE_GO ? undefined : page.at(-1)?.code;
    } while (after !== undefined);
  }

  /** Where villages stand, each of their sites: what a polygon is held against. */
  async *points(area: AreaCode): AsyncGenerator<(Point & { code: AreaCode })[]> {
    for await (const page of this.pages(area))
      yield page.flatMap(({ code, sites }) =>
        sites.flatMap(({ point }) => (point === undefined ? [] : [{ code, ...point }])),
      );
  }

  /** All of the file or nothing. Rejects `places-invalid` with each fault by its line. */
  async take({ bytes, by, areas, replaces, dryRun }: ImportWish): Promise<Imported> {
    const read = readPlaces(bytes);
    const faults = [...read.faults, ...(await this.#areaFaults(read.villages, areas, replaces))];
    if (faults.length > 0)
      throw new ServerError('places-invalid', {
        context: { count: faults.length },
        faults: faults.slice(0, FAULTS_TOLD),
      });
    const now = this.#needs.clock.wall();
    const looked = replaces === undefined ? provincesOf(read.villages) : [replaces];
    const listed = await Promise.all(looked.map((area) => this.within(area)));
    const known = new Map(listed.flat().map((village) => [village.code, village]));
    const wanted = new Set(read.villages.map(({ code }) => code));
    const records = read.villages.map(({ code, name, nameEn, households, sites }) => ({
      code,
      name,
      nameEn,
      households,
      sites,
      listedAt: known.get(code)?.listedAt ?? now,
    }));
    const fresh = records.filter(({ code }) => !known.has(code));
    const changed = records.filter((each) => known.has(each.code) && !isSame(each, known.get(each.code)));
    const dropped = [...known.keys()].filter(
      (code) => replaces !== undefined && contains(replaces, code) && !wanted.has(code),
    );
    const groups = membersByGroup(read.villages);
    if (!dryRun)
      await this.#needs.db.transaction(async (tables) => {
        await tables.villages.put([...fresh, ...changed]);
        await tables.villages.drop(dropped);
        for (const [id, members] of groups) {
          const group = await tables.groups.get(id);
          const all = [...new Set([...(group?.areas ?? []), ...members])].sort();
          await tables.groups.put({ id, title: group?.title ?? id, areas: all, by, changedAt: now });
        }
      });
    return {
      villages: records.length,
      added: fresh.map(({ code }) => code),
      changed: changed.map(({ code }) => code),
      dropped,
      sites: records.reduce((sum, { sites }) => sum + sites.length, 0),
      withoutPoint: records.filter(({ sites }) => sites.every(({ point }) => point === undefined)).length,
      groups: [...groups.keys()],
      encoding: read.encoding,
      delimiter: read.delimiter,
    };
  }

  async #areaFaults(
    villages: ReadVillage[],
    areas: readonly AreaCode[],
    replaces: AreaCode | undefined,
  ): Promise<Fault[]> {
    const faults: Fault[] = [];
    for (const { code, line } of villages) {
      const path = `line ${line}, code`;
      if (!(await this.#needs.places.exists(code)))
        faults.push(domainFault(path, 'unknown-area', { area: code }));
      else if (!mayReach(areas, code)) faults.push(domainFault(path, 'outside-scope', { area: code }));
      else if (replaces !== undefined && !contains(replaces, code))
        faults.push(domainFault(path, 'outside-replaced', { area: code, replaces }));
    }
    return faults;
  }
}

/** A table of one province does not read the list of the nation. */
function provincesOf(villages: ReadVillage[]): AreaCode[] {
  return [...new Set(villages.map(({ code }) => code.slice(0, 2)))];
}

function isSame(one: VillageRecord, other: VillageRecord | undefined): boolean {
  return JSON.stringify(ordered(one)) === JSON.stringify(other && ordered(other));
}

/** Members in one order, whichever way the record was made. */
function ordered({ code, name, nameEn, households, sites }: VillageRecord) {
  return [
    code,
    name,
    nameEn ?? null,
    households ?? null,
    sites.map((site) => [site.name, site.point?.lat ?? null, site.point?.lon ?? null, site.outputs]),
  ];
}

function membersByGroup(villages: ReadVillage[]): Map<string, AreaCode[]> {
  const members = new Map<string, AreaCode[]>();
  for (const { code, groups } of villages)
    for (const id of groups) members.set(id, [...(members.get(id) ?? []), code]);
  return members;
}
