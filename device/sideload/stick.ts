import type { StickKind } from '../../firmware-protocol/stick/layout.ts';

/** A stick, or a folder that is laid out as one. Everything on it is a stranger's. */
export interface Stick {
  /** Its folder, for people. */
  readonly folder: string;
  /**
   * The files of one kind, by their path below `prakat/`, in order; and what lies beside them under a name that is none of
   * ours. Empty where there is no such folder. Rejects `stick-unreadable`.
   */
  list(kind: StickKind): Promise<{ files: string[]; strange: string[] }>;
  /** Bytes of a regular file. Rejects `stick-unreadable` with `context.reason` of STICK_REFUSALS: no link is followed. */
  size(name: string): Promise<number>;
  /** The whole of a small file. Rejects as `size`, and for one larger than `maxBytes`. */
  read(name: string, maxBytes: number): Promise<Uint8Array>;
  /** The bytes of a file, at most `maxBytes` and one. Throws as `size`. */
  chunks(name: string, maxBytes: number): AsyncIterable<Uint8Array>;
  /** Writes a file and syncs it, with its folders. Rejects `stick-unreadable`: a stick may be write-protected. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

/** Where sticks are seen. */
export interface StickPlaces {
  /** Folders that hold `prakat/` now, each with a mark that changes when another stick, or other files, are there. */
  look(): Promise<{ folder: string; mark: string }[]>;
  open(folder: string): Stick;
}
