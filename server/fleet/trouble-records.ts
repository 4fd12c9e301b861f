import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { TroublePart } from '../../firmware-protocol/mqtt/trouble-requests.ts';

/** What a person said is wrong at a hall. Times are epoch ms. */
export interface TroubleRecord {
  /** A ULID. */
  id: string;
  village: AreaCode;
  part: TroublePart;
  text: string;
  by: string;
  at: number;
  closedBy: string | null;
  closedAt: number | null;
  /** What was done about it. */
  done: string | null;
}

export interface TroubleTable {
  add(record: TroubleRecord): Promise<void>;
  get(id: string): Promise<TroubleRecord | undefined>;
  /** The newest first, of these areas with all that lies below; open ones alone unless `closed`. */
  within(areas: readonly AreaCode[], asked: { closed: boolean; limit: number }): Promise<TroubleRecord[]>;
  /** How many of a village are open. */
  open(village: AreaCode): Promise<number>;
  /** False = it was closed before. */
  close(id: string, by: string, at: number, done: string): Promise<boolean>;
}
