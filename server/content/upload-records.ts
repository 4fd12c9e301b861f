import type { AreaCode } from '../../firmware-protocol/content/area.ts';
import type { LibraryKind } from '../../firmware-protocol/mqtt/library-requests.ts';

/** That somebody put a file into the library: two who upload the same have an entry each, and the file is there once. */
export interface UploadRecord {
  sha256: string;
  by: string;
  kind: LibraryKind;
  title: string;
  /** Of the account at that time. */
  areas: AreaCode[];
  /** Epoch ms. */
  at: number;
  /** May be used by those below these areas too. */
  shared: boolean;
}

/** An entry, and what is known of its file. */
export interface UploadRow extends UploadRecord {
  bytes: number;
  sound: { ms: number; clufs: number; sourceClufs: number | null; sourcePeakCdb: number | null } | undefined;
  picture: { width: number; height: number; frames: number; type: string } | undefined;
}

export interface UploadTable {
  /** The newest first, from the one that stands before `after` (`<at>/<sha256>/<by>`) on. */
  page(about: {
    after?: string | undefined;
    sha256?: string | undefined;
    limit: number;
  }): Promise<UploadRow[]>;
  /** Again by the same account: its title, its time and whether it is shared stay. */
  put(record: UploadRecord): Promise<void>;
  change(sha256: string, by: string, change: { title?: string; shared?: boolean }): Promise<void>;
  drop(sha256: string, by: string): Promise<void>;
}

/**
 * Files that were taken away: not found any more by who looks for them, and deleted a day later, when the last order that could have named
 * them has expired. Who uploads the same again brings it back.
 */
export interface RemovedFiles {
  remove(sha256: string, at: number): Promise<void>;
  bringBack(sha256: string): Promise<void>;
  /** Removed before this time (epoch ms). */
  before(at: number): Promise<string[]>;
  forget(sha256: string): Promise<void>;
}
