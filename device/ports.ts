import type { AreaCode } from '../firmware-protocol/content/area.ts';
import type { Output } from '../firmware-protocol/content/band.ts';
import type { KeySet } from '../firmware-protocol/content/key-set.ts';
import type { Programme } from '../firmware-protocol/content/programme.ts';
import type { Outcome, PlayId, Report, ReportEvent } from '../firmware-protocol/content/report.ts';
import type { Health } from '../firmware-protocol/mqtt/messages.ts';

/** The world as the agent sees it. Types only: drivers/ and simulations implement them, main.ts joins them. */

// ---- time -------------------------------------------------------------------------------------------------------

export interface Clock {
  /** Milliseconds since 1970. May be wrong, may step: only for what people call a time. */
  wall(): number;
  /** Milliseconds from some start. Never steps: for every interval and deadline. */
  monotonic(): number;
  /** Calls once, `ms` of monotonic time from now; returns the way to take it back. */
  after(ms: number, call: () => void): () => void;
}

/** Somebody beside the server who may know the time: the system's NTP, the clock of a board. */
export interface TimeSource {
  readonly name: string;
  /** Undefined = it does not know. Never rejects, and answers within seconds. */
  ask(): Promise<TimeReading | undefined>;
  /** Takes the time, to have it after a loss of power; absent: it cannot. `wall` is read when it is written. Rejects as its driver. */
  keep?(wall: () => number): Promise<void>;
}

export interface TimeReading {
  /** Epoch ms at the monotonic instant `monotonic`. */
  wall: number;
  monotonic: number;
  /** By how much it may be wrong, ms. */
  error_ms: number;
}

/** Who started this process and starts it again when it is stuck (systemd). */
export interface Supervisor {
  /** Listening: told once. */
  ready(): void;
  /** Everything that must turn has turned since the last time. */
  alive(): void;
  stopping(): void;
  /** One line for whoever looks with `systemctl status`. */
  says(line: string): void;
  /** How often `alive` is wanted, ms; undefined = nobody watches. */
  readonly everyMs: number | undefined;
}

export interface Random {
  /** From 0 up to 1. */
  fraction(): number;
  bytes(count: number): Uint8Array;
}

export interface Log {
  info(facts: Record<string, unknown>, message: string): void;
  warn(facts: Record<string, unknown>, message: string): void;
  error(facts: Record<string, unknown>, message: string): void;
}

/** The machine the agent runs on. */
export interface System {
  measure(): Promise<Pick<Health, 'uptime_s' | 'rss_bytes' | 'disk_free_bytes' | 'load_1m'>>;
}

// ---- bus --------------------------------------------------------------------------------------------------------

export interface BusMessage {
  topic: string;
  payload: Uint8Array;
  qos: 0 | 1;
  retained: boolean;
}

export interface BusSession {
  will: BusMessage;
  /** Called in order of arrival; must only enqueue. */
  onMessage: (message: BusMessage) => void;
  /** Once, when the connection is gone for whatever reason; never before `connect` resolved. */
  onClosed: (reason: string) => void;
}

/** One connection at a time; back-off and resubscription are the agent's, not the driver's. */
export interface Bus {
  /** Resolves after CONNACK; rejects with DeviceError `bus-refused` or `bus-unreachable`. */
  connect(session: BusSession): Promise<void>;
  subscribe(filters: string[]): Promise<void>;
  /** QoS 1 resolves with the PUBACK, QoS 0 when written; rejects when the connection is lost before. */
  publish(message: BusMessage): Promise<void>;
  disconnect(): Promise<void>;
}

// ---- store ------------------------------------------------------------------------------------------------------

/** The durable record "I am about to start this", one per play and output. */
export interface Claim {
  play: PlayId;
  output: Output;
  /** Monotonic order of acceptance, for arbitration after a restart. */
  boot: number;
  /** Wall clock at the claim, epoch ms. */
  at: number;
  /** Epoch ms until which the id must be remembered (the order's expiry, or the occurrence's grace). */
  keep_until: number;
  state: 'accepted' | 'started' | 'ended';
  outcome?: Outcome;
  /** The signed document as received (orders), to go on after a restart; undefined for occurrences. */
  document?: string;
}

/** A programme as it was accepted, with its text: signatures are over that. */
export interface KeptProgramme {
  raw: string;
  programme: Programme;
}

/** Everything one step changes, kept together: all of it is durable when `commit` resolves, or none. */
export interface Change {
  claims?: Claim[];
  /** Numbered and chained by the store in this order. */
  reports?: { at: string; trust: Report['trust']; boot: number; event: ReportEvent }[];
  /** Programmes that are believed no more; where another version is kept, nothing happens. Before `programmes`. */
  withdrawn?: { area: AreaCode; version: number }[];
  programmes?: KeptProgramme[];
  keys?: { raw: string; set: KeySet };
  /** Reports up to this number are the server's now. */
  receipted?: number;
  /** Claims whose `keep_until` lies before this instant (epoch ms) and that ended may be forgotten. */
  forgetClaimsBefore?: number;
  /** Small facts: `boot`, `wall-floor`, `clean-boot`. Those that only grow keep the larger value. */
  facts?: Record<string, string>;
}

export interface Store {
  /** Durable (fsync) on resolve. Rejects with DeviceError `store-full`, `store-failed`; then nothing was changed. */
  commit(change: Change): Promise<void>;
  claim(play: PlayId, output: Output): Promise<Claim | undefined>;
  /**
   * Which of these plays have a claim, on whatever output, and the fact `forgot-before` (0 = there is none). One question,
   * because an alert waits for the answer.
   */
  claimed(plays: PlayId[]): Promise<{ plays: PlayId[]; forgotBefore: number }>;
  /** Claims that are not ended, oldest first: what a power cut left. */
  openClaims(): Promise<Claim[]>;
  /** The oldest reports not yet receipted, at most `limit`. */
  reports(limit: number): Promise<Report[]>;
  /** Highest number ever given, and its hash; n = 0 for none. Survives receipts. */
  lastReport(): Promise<{ n: number; hash: string }>;
  /** Hash of a report that is still held or was the last one; undefined = unknown. */
  reportHash(n: number): Promise<string | undefined>;
  /** Documents as last accepted; one that no longer parses was quarantined and is absent. */
  programmes(): Promise<KeptProgramme[]>;
  keys(): Promise<KeySet | undefined>;
  /** A fact as last committed. After it lost data the store adds `forgot-before`, the epoch ms before which it cannot say what was claimed. */
  fact(name: string): Promise<string | undefined>;
  /** All facts whose names begin so. */
  facts(beginning: string): Promise<Record<string, string>>;
  /** How many reports wait for a receipt. */
  waiting(): Promise<number>;
  close(): Promise<void>;
}

/** The agent's only way to write: stamps time, trust and boot on reports and commits them with what they report. */
export interface Journal {
  record(events: ReportEvent[], change?: Omit<Change, 'reports'>): Promise<void>;
}

// ---- media ------------------------------------------------------------------------------------------------------

/** Content-addressed files: whole and verified, or absent. Writing rejects with DeviceError `store-full`, `store-failed`. */
export interface MediaStore {
  /** Path of the verified file, or undefined. */
  path(sha256: string): Promise<string | undefined>;
  /** Bytes already fetched of a file that is not whole yet. */
  partial(sha256: string): Promise<number>;
  /** Adds to the partial file. */
  append(sha256: string, chunk: Uint8Array): Promise<void>;
  /** Checks hash, fsyncs, renames, fsyncs the folder; on a wrong hash drops the partial and resolves undefined. */
  finish(sha256: string): Promise<string | undefined>;
  discard(sha256: string): Promise<void>;
  /** Takes a whole file from elsewhere, hashed on its way; undefined = it was another one, and nothing of it is left. */
  adopt(sha256: string, chunks: AsyncIterable<Uint8Array>): Promise<string | undefined>;
  /** Everything that takes room, whatever its name. */
  held(): Promise<HeldMedia[]>;
  remove(name: string): Promise<void>;
  /** Free bytes of the card that it lies on; undefined = it cannot say. */
  freeBytes(): Promise<number | undefined>;
}

export interface HeldMedia {
  name: string;
  /** Empty for what is neither a file of ours nor a part of one. */
  sha256: string;
  bytes: number;
  isWhole: boolean;
  /** Epoch ms of the last use, as the card knows it. */
  usedAt: number;
}

/** Where media comes from. */
export interface MediaSource {
  /** Chunks from byte `from` on; rejects with DeviceError `media-unreachable`, `media-refused`. */
  fetch(sha256: string, from: number, signal: AbortSignal): AsyncIterable<Uint8Array>;
}
