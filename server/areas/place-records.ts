import type { AreaCode, DeviceId, Target } from '../../firmware-protocol/content/area.ts';
import type { Output } from '../../firmware-protocol/content/band.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { SignFace } from '../../firmware-protocol/mqtt/sign-screen.ts';

/** What the server knows of villages beyond the country's codes. Times are epoch ms; degrees are WGS 84. */

export interface Point {
  lat: number;
  lon: number;
}

/** A place in a village where a box stands, or shall. */
export interface Site {
  /** What people call it: ศาลาประชาคม. */
  name: string;
  point: Point | undefined;
  /** What the survey found there; a box tells its own. */
  outputs: Output[];
}

export interface VillageRecord {
  code: AreaCode;
  name: string;
  nameEn: string | undefined;
  households: number | undefined;
  /** The first is the main one, whose point is the village's. */
  sites: Site[];
  /** Since when it is on the list. */
  listedAt: number;
}

/** A free set of areas: along a river, around schools. */
export interface GroupRecord {
  id: string;
  title: string;
  /** Villages as a rule; a whole tambon or district stands for all that will ever be in it. */
  areas: AreaCode[];
  by: string;
  changedAt: number;
}

/** How the box of a hall fares. `new` has never spoken; `impaired` is there, but a part of it does not work. */
export const STANDINGS = ['working', 'impaired', 'offline', 'new'] as const;
export type Standing = (typeof STANDINGS)[number];

export interface StandingRecord {
  device: DeviceId;
  standing: Standing;
  since: number;
  /** That the hall has, whether they work or not; undefined until it told. */
  outputs: Output[] | undefined;
}

/** Which version of an area's programme a device said that it holds, and since when. */
export interface HeldProgramme {
  device: DeviceId;
  area: AreaCode;
  version: number;
  since: number;
}

export interface VillageTable {
  within(area: AreaCode): Promise<VillageRecord[]>;
  /** In the order of their codes, those behind `after`; of a nation some at a time. */
  next(area: AreaCode, after: AreaCode | undefined, limit: number): Promise<VillageRecord[]>;
  /** New ones and changed ones; `listedAt` of a known one stays. */
  put(villages: VillageRecord[]): Promise<void>;
  drop(codes: AreaCode[]): Promise<void>;
}

export interface GroupTable {
  get(id: string): Promise<GroupRecord | undefined>;
  all(): Promise<GroupRecord[]>;
  put(group: GroupRecord): Promise<void>;
  drop(id: string): Promise<void>;
}

export interface StandingTable {
  within(area: AreaCode): Promise<StandingRecord[]>;
  those(devices: readonly DeviceId[]): Promise<StandingRecord[]>;
  put(records: readonly StandingRecord[]): Promise<void>;
  /** Devices of these targets by what they have, each counted once; undefined = not told yet. */
  countByOutputs(to: readonly Target[]): Promise<{ outputs: Output[] | undefined; devices: number }[]>;
  /** The kinds of signs of these targets, the most first; undefined = none, or not told. */
  signsOf(to: readonly Target[]): Promise<{ face: SignFace | undefined; devices: number }[]>;
  held(devices: readonly DeviceId[]): Promise<HeldProgramme[]>;
  /** Of all devices in `area`, those that hold a programme of `programme`. */
  holding(programme: AreaCode, area: AreaCode): Promise<HeldProgramme[]>;
  /** The kinds of laws that halls of `area` told, each with one of its villages, the most first; undefined = not told yet. */
  lawsIn(area: AreaCode): Promise<{ laws: SiteLaws | undefined; halls: number; village: AreaCode }[]>;
  /** How many devices of `area` hold which version of the key set; undefined = not told yet. */
  keysIn(area: AreaCode): Promise<{ keys: number | undefined; halls: number }[]>;
  /** Those of these areas in which a device stands. */
  inhabited(areas: readonly AreaCode[]): Promise<AreaCode[]>;
  /** Replaces what is known of the devices. */
  putHeld(devices: readonly DeviceId[], held: readonly HeldProgramme[]): Promise<void>;
}
