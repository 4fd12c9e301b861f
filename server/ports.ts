import type { AreaCode, DeviceId } from '../firmware-protocol/content/area.ts';
import type { RootKey } from '../firmware-protocol/content/key-set.ts';
import type { Order, OrderKind } from '../firmware-protocol/content/order.ts';
import type { Signature } from '../firmware-protocol/content/signature.ts';
import type { EnrolmentAnswer, EnrolmentRequest } from '../firmware-protocol/http/enrolment.ts';
import type { PictureInfo } from '../firmware-protocol/http/picture.ts';
import type { Answer } from '../firmware-protocol/mqtt/answer.ts';
import type { OrderState } from '../firmware-protocol/mqtt/order-requests.ts';
import { ROLE_NAMES } from '../firmware-protocol/mqtt/people-requests.ts';
import type { AnswerTo } from '../firmware-protocol/mqtt/requests.ts';

/** The world as the server sees it. Types only: drivers/ and tests implement them, app.ts joins them. Times: epoch ms. */

// ---- time, chance, log --------------------------------------------------------------------------------------------

export interface Clock {
  /** Milliseconds since 1970. */
  wall(): number;
  /** Milliseconds from some start; never steps: for every interval and deadline. */
  monotonic(): number;
  /** Calls once, `ms` of monotonic time from now; returns the way to take it back. */
  after(ms: number, call: () => void): () => void;
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

// ---- places ---------------------------------------------------------------------------------------------------------

export interface PlaceName {
  th: string;
  en: string;
}

/** Names of the country's areas, as the Department of Provincial Administration (DOPA) codes them. */
export interface Gazetteer {
  /** By 2 or 4 digits; undefined = there is no such area. */
  name(area: AreaCode): Promise<PlaceName | undefined>;
  /** Tambons of a district (4 digits) by their 6 digits; `complete` = a code that is not here does not exist. */
  tambons(district: AreaCode): Promise<{ names: ReadonlyMap<AreaCode, PlaceName>; complete: boolean }>;
}

// ---- speech ---------------------------------------------------------------------------------------------------------

/** One way to make speech of text: recorded clips, a program of this machine, a service. */
export interface SpeechEngine {
  /** Engine, voice and version: the same text by the same voice is made once. */
  voice(): string;
  /**
   * A sound file of any kind that an upload may have. `spelled`: as `spelledOut` makes it. Rejects `speech-cannot` (it has no
   * words for this) or `speech-failed`.
   */
  say(spelled: string): Promise<Uint8Array>;
}

// ---- people and boxes ---------------------------------------------------------------------------------------------

/** What each may do stands in operators/rights.ts. */
export const ROLES = ROLE_NAMES;
export type Role = (typeof ROLES)[number];

export interface OperatorIdentity {
  user: string;
  roles: Role[];
  /** Areas with all that lies below them. */
  areas: AreaCode[];
}

/** Who stands at the door with a valid password. */
export type Principal =
  | { kind: 'operator'; user: string; identity: OperatorIdentity }
  | { kind: 'device'; user: DeviceId; village: AreaCode };

/** The one place where a password is checked, for the broker and for HTTP alike. */
export interface Door {
  /** Resolves undefined for an unknown name, a wrong password, or too many attempts. `from` is an address for limits. */
  open(user: string, password: string, from: string): Promise<Principal | undefined>;
}

export interface Operators {
  /** Undefined also for an account without a password: asked at each request, it ends what a lost one could still do. */
  identity(user: string): Promise<OperatorIdentity | undefined>;
  list(): Promise<OperatorIdentity[]>;
  /** A new account and the one-time code with which its owner chooses a password. `name-taken`, `name-invalid`. */
  create(identity: OperatorIdentity): Promise<{ code: string; expiresAt: number }>;
  /** A new one-time code for an account that lost its password, which is void at once, or had none. `unknown-operator`. */
  renewCode(user: string): Promise<{ code: string; expiresAt: number }>;
  /** Other roles and areas, from the next request on. `unknown-operator`. */
  change(identity: OperatorIdentity): Promise<void>;
  /** Neither password nor code opens it any more; its name stays in the audit and is not given away. `unknown-operator`. */
  close(user: string): Promise<void>;
  /** `code-wrong`, `code-expired`, `password-weak`, `too-many-attempts`. */
  redeemCode(login: { user: string; code: string; password: string; from: string }): Promise<void>;
}

export interface Enrolment {
  /**
   * A code for a new box, or for the successor of a broken one of the same name. `name-taken` by an operator, or by a
   * box that stands, or is about to, outside `areas`: nobody takes over the hall of another province.
   */
  createCode(
    box: { device: DeviceId; village: AreaCode; name: string },
    areas: readonly AreaCode[],
  ): Promise<AnswerTo<'enrol'>>;
  /** What anybody may ask for: a box holds them against its code. */
  roots(): RootKey[];
  /**
   * `from`: the address that asks. Rejects `code-wrong`, `code-expired`, `code-used`, `code-of-another`, `too-many-attempts`. The same secret
   * and key again are answered again: with the password that was brought, or else a new one.
   */
  enrol(asked: EnrolmentRequest, from: string): Promise<EnrolmentAnswer>;
}

export type FleetRow = AnswerTo<'devices'>['devices'][number];

export interface Fleet {
  /** Enrolled devices of an area in the order of their villages, at most `limit`. */
  devices(area: AreaCode, limit?: number): Promise<FleetRow[]>;
  device(id: DeviceId): Promise<FleetRow | undefined>;
}

export interface RecentOrder {
  order: Order;
  /** Halls by what is known of their answer. */
  halls: Partial<Record<OrderState, number>>;
}

export interface WhichOrders {
  kinds?: readonly OrderKind[] | undefined;
  /** Those with a lower id. */
  before?: string | undefined;
  /** Only those that have not expired then, epoch ms. */
  aliveAt?: number | undefined;
}

/** What the operating system and Node say of this process. */
export type ProcessFigures = () => {
  cpuSeconds: number;
  residentBytes: number;
  startedAtSeconds: number;
  loopLagSeconds: number;
};

/** The right to send orders: of several servers on one database one has it at a time. */
export interface Mandate {
  /** Tries for it until stopped. `kick`: it came, or somebody stored what is to be sent. */
  start(kick: () => void): Promise<void>;
  /** Asked right before each send. Never rejects. */
  holds(): Promise<boolean>;
  /** Tells whoever has it that something is to be sent. Never rejects. */
  tell(): Promise<void>;
  stop(): Promise<void>;
}

/** Holds the private half. A process of its own can take its place. */
/** What a device reported, as it came: of a newer one, also what nobody here knows. */
export interface HeardEvent {
  device: DeviceId;
  event: { type: string; play?: unknown; what?: unknown };
}

export interface Signer {
  sign<T extends object>(document: T): Promise<T & { signature: Signature }>;
}

/** What an operator asked on `request/<what>` -> what goes out on `response/<what>`. Never rejects. */
export type RequestHandler = (user: string, what: string, payload: Uint8Array) => Promise<Answer>;

export interface WebServer {
  /** Resolves with the port it listens on. Rejects `port-taken`. */
  start(): Promise<number>;
  stop(): Promise<void>;
}

export interface PasswordHash {
  /** Slow on purpose; salted. */
  hash(password: string): Promise<string>;
  matches(hash: string, password: string): Promise<boolean>;
}

/** Small secrets of the server itself, one per name, readable by its user only. */
export interface Secrets {
  read(name: string): Promise<string | undefined>;
  /** Durable on resolve; whole or not at all. */
  write(name: string, value: string): Promise<void>;
  /** Written unless there is one already, however many servers do so at once. Resolves to the one that is there: all to the same. */
  keep(name: string, value: string): Promise<string>;
}

// ---- broker -------------------------------------------------------------------------------------------------------

export interface BrokerMessage {
  topic: string;
  payload: Uint8Array;
  qos: 0 | 1;
  retained: boolean;
}

export interface BrokerSession {
  /** Messages of the catalogue's rows to the server, in order of arrival; must only enqueue. */
  onMessage: (message: BrokerMessage) => void;
  /** At first and after each loss: everybody may have gone, nothing retained may be left. Before any message. */
  onUp: () => void;
  onDown: (reason: string) => void;
}

/** The broker with the server in it or beside it. */
export interface Broker {
  /** Resolves when it listens, or (external) when it is being tried. Rejects `port-taken`. */
  start(session: BrokerSession): Promise<void>;
  /** Resolves when the broker took it; that is not delivery. Rejects `broker-down`. */
  publish(message: BrokerMessage): Promise<void>;
  /** Names or passwords changed: the broker learns it, and ends sessions that are no longer good. */
  credentialsChanged(user: string): Promise<void>;
  stop(): Promise<void>;
}

// ---- media --------------------------------------------------------------------------------------------------------

/** Content-addressed files: whole and verified, or absent. */
export interface MediaFiles {
  /** Writes an upload to a scratch file; rejects `upload-empty`, `upload-too-large`, `upload-cut`, `disk-full`. */
  receive(chunks: AsyncIterable<Uint8Array>, maxBytes: number): Promise<string>;
  /** A scratch path to write to. */
  scratch(): Promise<string>;
  /** Hashes, fsyncs and renames a scratch file into the store. */
  keep(scratch: string): Promise<{ sha256: string; bytes: number }>;
  discard(scratch: string): Promise<void>;
  size(sha256: string): Promise<number | undefined>;
  /** Resolves when it is gone, or was not there. */
  remove(sha256: string): Promise<void>;
  /** Bytes `from` to `to` inclusive. */
  read(sha256: string, from: number, to: number): AsyncIterable<Uint8Array>;
}

export type MadePicture = Pick<PictureInfo, 'width' | 'height' | 'frames' | 'type'>;

export interface PictureMaker {
  /**
   * An upload, by its bytes and not its name, made small, upright and without anything but its pixels. Rejects
   * `upload-not-picture`, `upload-picture-too-large`, `picture-hung`, `picture-failed`.
   */
  prepare(from: string, to: string): Promise<MadePicture>;
  /** Ends what runs. */
  close(): Promise<void>;
}

export interface Transcoder {
  /**
   * Whether it is sound, by its bytes and not its name; `ms` is what the file says of itself, undefined where it says
   * nothing. Rejects `upload-not-sound`, `upload-is-video`, `transcoder-hung`, `transcoder-missing`, `transcoder-failed`.
   */
  probe(path: string): Promise<{ ms: number | undefined }>;
  /**
   * Mono Ogg Opus at the stated loudness; `progress` from 0 to 1. Rejects as `probe`, and `upload-too-long`,
   * `upload-too-short`, `upload-silent`, `transcoder-failed`.
   */
  prepare(
    from: string,
    to: string,
    progress: (done: number) => void,
  ): Promise<{ ms: number; loudnessClufs: number; source: { clufs: number; peakCdb: number } }>;
  /** Ends what runs, with all its children. */
  close(): Promise<void>;
}
