/** Versions of the agent on one box. Types only, as ports.ts. */

/** Where a version lies: `base` came with the package and is never changed by us. */
export type SlotName = 'base' | 'a' | 'b';

/** What the launcher started, and why. */
export interface Launched {
  slot: SlotName;
  /** It must still show that it works. */
  trial: boolean;
  /** Another version was meant to run: which, and why it does not. */
  instead?: { version: string; reason: string };
}

export interface SlotState {
  /** What runs when nothing is on trial. */
  current: SlotName;
  /** The highest version that ever worked here; undefined = none but the base. */
  floor: string | undefined;
  /** Versions that lie whole in the slots, by the hash of their manifest. */
  held: Partial<Record<SlotName, { manifest: string; version: string }>>;
  /** A trial that the launcher ended, not told yet. */
  returned: { version: string; reason: string } | undefined;
}

/** The versions on this box, and the word to the launcher that picks one at each start. */
export interface Slots {
  readonly launched: Launched;
  /** Never rejects: what cannot be read is as at the first day. */
  state(): Promise<SlotState>;
  /** Path of a file with this hash in a version that is here; not verified, undefined = there is none. */
  find(sha256: string): Promise<string | undefined>;
  /**
   * Puts a version into a slot that is neither running nor current; resolves when it is whole, verified and durable.
   * `from` gives the path of each file. Rejects `update-corrupt`, `store-full`, `store-failed`; then nothing was chosen.
   */
  fill(version: string, manifest: SignedManifest, from: FileSource): Promise<SlotName>;
  /** The next starts are this slot's, so many times. Durable on resolve. */
  tryOut(slot: SlotName, starts: number): Promise<void>;
  /** The version that runs works: it is current from now on, and `version` the floor. Durable on resolve. */
  confirm(version: string): Promise<void>;
  /** The trial is over without success: the current one runs at the next start. */
  giveBack(): Promise<void>;
  /** It runs well, so earlier starts that did not are forgotten; also what was `returned`, once told. */
  settled(told: boolean): Promise<void>;
}

export interface SignedManifest {
  sha256: string;
  text: string;
  /** When its release was issued, epoch ms: the files get that date, for a version takes its own as a time surely past. */
  at: number;
}

export type FileSource = (file: { path: string; sha256: string; bytes: number }) => Promise<string>;
