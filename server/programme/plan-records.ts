import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { ACCEPTABLE, PlannedEntry, Slot } from '../../firmware-protocol/mqtt/programme-requests.ts';

/** What a person planned: a signed programme is made of it, again and again, as calendars go on. */
export interface ProgrammeSource {
  entries: PlannedEntry[];
  slots: Slot[];
  /** The version that this one says again. */
  sameAs?: number | undefined;
}

export type Accepted = readonly (typeof ACCEPTABLE)[number][];

/** A programme as somebody wants it published. */
export interface WantedProgramme {
  area: AreaCode;
  /** The version that was published when it was asked; 0 = none. Over another one it is not published. */
  basedOn: number;
  source: ProgrammeSource;
  accept: Accepted;
  /** False = entries as they are, without a plan that goes on with its calendars. */
  planned: boolean;
}

export interface DraftRecord {
  area: AreaCode;
  /** The version that was published when it was begun; 0 = none. */
  basedOn: number;
  source: ProgrammeSource;
  by: string;
  changedAt: number;
}

export interface DraftTable {
  all(): Promise<DraftRecord[]>;
  get(area: AreaCode): Promise<DraftRecord | undefined>;
  put(draft: DraftRecord): Promise<void>;
  drop(area: AreaCode): Promise<void>;
}

/** One version as it was published; `source` is absent where it was published without a plan. */
export interface PublishedVersion {
  programme: Programme;
  source: ProgrammeSource | undefined;
}
