import type { AreaCode, DeviceId } from '../firmware-protocol/content/area.ts';
import type { KeySet } from '../firmware-protocol/content/key-set.ts';
import type { Order } from '../firmware-protocol/content/order.ts';
import type { Programme } from '../firmware-protocol/content/programme.ts';
import type { PlayId } from '../firmware-protocol/content/report.ts';
import type { PublicKey } from '../firmware-protocol/content/signature.ts';
import type { DeviceState, Presence } from '../firmware-protocol/mqtt/messages.ts';
import type { AlertTable } from './alerts/alert-records.ts';
import type { HeldTable } from './approvals/held.ts';
import type { GroupTable, StandingTable, VillageTable } from './areas/place-records.ts';
import type { AuditTable } from './audit/audit-table.ts';
import type { CalendarTable } from './calendar/calendar-days.ts';
import type { MediaTable, PictureTable, SpeechTable } from './content/media-tables.ts';
import type { TemplateTable } from './content/template-records.ts';
import type { RemovedFiles, UploadTable } from './content/upload-records.ts';
import type { DeliveryTable } from './delivery-table.ts';
import type { TroubleTable } from './fleet/trouble-records.ts';
import type { HealthTable } from './health-table.ts';
import type { PasskeyTable } from './operators/passkey-table.ts';
import type { SessionTable } from './operators/session-table.ts';
import type { OperatorIdentity, RecentOrder, WhichOrders } from './ports.ts';
import type { DraftTable, ProgrammeSource, PublishedVersion } from './programme/plan-records.ts';

/** The database as the domain sees it: records and tables, types only. Times are epoch ms. */

export interface OperatorRecord extends OperatorIdentity {
  /** Absent until the one-time code was exchanged. */
  passwordHash: string | null;
  /** The same password as Mosquitto checks it. */
  brokerHash: string | null;
  codeHash: string | null;
  codeExpiresAt: number | null;
  codeAttempts: number;
}

export interface DeviceRecord {
  id: DeviceId;
  village: AreaCode;
  name: string;
  publicKey: PublicKey;
  /** Device passwords are 256 random bits: SHA-256 is enough, and a reconnect storm costs nothing. */
  passwordHash: string;
  brokerHash: string;
  /** Counts the chains of reports under this name: a successor of the box, or a lost store, begins one at 1. */
  chain: number;
  enrolledAt: number;
  /** Highest report stored of this chain, and its hash. */
  reportsUpTo: number;
  reportsHash: string;
  presence: Presence | null;
  seenAt: number | null;
  state: DeviceState | null;
  /** Since when two boxes are known to speak under this name: the card was copied; null = as it should be. */
  copiedAt: number | null;
}

/** What of a device must be known with each message of it. */
export type Speaker = Pick<DeviceRecord, 'id' | 'village' | 'publicKey' | 'chain' | 'presence'>;

export interface CodeRecord {
  secretHash: string;
  device: DeviceId;
  village: AreaCode;
  name: string;
  expiresAt: number;
  usedBy: PublicKey | null;
}

export interface OrderRecord {
  order: Order;
  /** Whether the first publish to its targets was taken by a broker. */
  published: boolean;
}

export interface StoredReport {
  n: number;
  hash: string;
  at: string;
  boot: number;
  type: string;
  /** What it is about, where it is about a play. */
  play: PlayId | null;
  /** The report as it came, JSON. */
  document: string;
}

/** A report and whose it is. */
export interface ChainedReport extends StoredReport {
  device: DeviceId;
  chain: number;
}

/** The highest report stored of a device's chain. */
export interface ChainEnd {
  chain: number;
  n: number;
  hash: string;
}

export interface OperatorTable {
  get(user: string): Promise<OperatorRecord | undefined>;
  list(): Promise<OperatorRecord[]>;
  put(record: OperatorRecord): Promise<void>;
}

export interface DeviceTable {
  get(id: DeviceId): Promise<DeviceRecord | undefined>;
  /** Those of them that are enrolled. */
  many(ids: readonly DeviceId[]): Promise<Map<DeviceId, DeviceRecord>>;
  /** The same in short. */
  speakers(ids: readonly DeviceId[]): Promise<Map<DeviceId, Speaker>>;
  /** In the order of their villages, at most `limit`. */
  within(area: AreaCode, limit?: number): Promise<DeviceRecord[]>;
  logins(): Promise<{ id: DeviceId; brokerHash: string }[]>;
  /** New ones, and known ones anew. */
  put(...records: DeviceRecord[]): Promise<void>;
  presences(of: ReadonlyMap<DeviceId, Presence>): Promise<void>;
  states(of: ReadonlyMap<DeviceId, DeviceState>): Promise<void>;
  /** Where their chains of reports end. In a transaction nobody else changes these rows until its end, nor waits for them in a ring. */
  chains(ids: readonly DeviceId[]): Promise<Map<DeviceId, ChainEnd>>;
  chainsGrew(ends: ReadonlyMap<DeviceId, ChainEnd>): Promise<void>;
  seen(at: ReadonlyMap<DeviceId, number>): Promise<void>;
  /** Two boxes speak under this name; the first time that it was seen stays. */
  copied(id: DeviceId, at: number): Promise<void>;
  /** How many are there, and how many are not. */
  present(): Promise<{ online: number; offline: number }>;
  /** Presence is hearsay of a broker that may have restarted. */
  allOffline(): Promise<void>;
}

export interface CodeTable {
  get(secretHash: string): Promise<CodeRecord | undefined>;
  put(record: CodeRecord): Promise<void>;
  /** Where the box shall stand for which a code is out that nobody has used yet. */
  openVillageOf(device: DeviceId): Promise<AreaCode | undefined>;
  /** A new code for a device takes the old ones back. */
  dropFor(device: DeviceId): Promise<void>;
  dropExpired(before: number): Promise<void>;
}

export interface OrderTable {
  /** The order, for each device of its targets that is enrolled now; resolves with their number. Their deliveries are written later. */
  add(order: Order): Promise<number>;
  /** The order, and whether its first publish was taken by a broker. */
  get(id: string): Promise<OrderRecord | undefined>;
  /** The last orders with a delivery in `areas`, newest first, and these deliveries counted by state. */
  recent(areas: readonly AreaCode[], limit: number, only?: WhichOrders): Promise<RecentOrder[]>;
  /** Alive, and never taken by a broker. One that cannot be read holds up no other. */
  unpublished(now: number): Promise<Order[]>;
  /** Not expired, newest first, at most `limit`. One that cannot be read holds up no other. */
  alive(now: number, limit: number): Promise<Order[]>;
  /** Kept with an order: its stop or all-clear, signed at the same time. */
  prepareEnd(order: string, end: Order): Promise<void>;
  preparedEnd(order: string): Promise<Order | undefined>;
  /** Counts one send to each device that is online; all are due again at `nextAt`. In a transaction, `amongOthers` is enough. */
  published(id: string, nextAt: number): Promise<void>;
  /**
   * Writes about `limit` deliveries that are not written yet, of the oldest order first, and takes back from sending what a stop or all-clear
   * among these orders ended for the same devices. In a transaction, `amongOthers` is enough. False = there are none.
   */
  writeRows(limit: number): Promise<boolean>;
}

export interface ReportTable {
  append(reports: ChainedReport[]): Promise<void>;
  /** Whether this report is stored, on whichever chain. */
  knows(device: DeviceId, n: number, hash: string): Promise<boolean>;
  /** How many are stored of each device that stands in the area, over all its chains. */
  counts(area: AreaCode): Promise<Map<DeviceId, number>>;
  /** The same of these devices. */
  countsOf(devices: readonly DeviceId[]): Promise<Map<DeviceId, number>>;
  /** Those of the present chain with numbers between `after` and `before`, in order or from the end; only about `play`, if given. */
  list(
    device: DeviceId,
    about: {
      after: number;
      before?: number | undefined;
      newestFirst?: boolean;
      limit: number;
      play?: PlayId | undefined;
    },
  ): Promise<StoredReport[]>;
}

export interface ProgrammeTable {
  /** The highest version. */
  current(area: AreaCode): Promise<Programme | undefined>;
  /** Of each area the number of the highest version. */
  heads(): Promise<{ area: AreaCode; version: number }[]>;
  /** These versions. One that cannot be read holds up no other. */
  those(heads: readonly { area: AreaCode; version: number }[]): Promise<Programme[]>;
  /** Fails when this version exists: two writers, one wins. */
  add(programme: Programme, source?: ProgrammeSource): Promise<void>;
  /** The newest first. */
  published(area: AreaCode, limit: number): Promise<PublishedVersion[]>;
  version(area: AreaCode, version: number): Promise<PublishedVersion | undefined>;
}

export interface KeyTable {
  current(): Promise<KeySet | undefined>;
  /** Each that ever was, the oldest first: a device follows them one by one. */
  all(): Promise<KeySet[]>;
  add(set: KeySet): Promise<void>;
}

export interface Tables {
  operators: OperatorTable;
  sessions: SessionTable;
  passkeys: PasskeyTable;
  devices: DeviceTable;
  codes: CodeTable;
  orders: OrderTable;
  deliveries: DeliveryTable;
  reports: ReportTable;
  health: HealthTable;
  media: MediaTable;
  pictures: PictureTable;
  speech: SpeechTable;
  programmes: ProgrammeTable;
  keys: KeyTable;
  audit: AuditTable;
  held: HeldTable;
  villages: VillageTable;
  drafts: DraftTable;
  calendars: CalendarTable;
  groups: GroupTable;
  standings: StandingTable;
  alerts: AlertTable;
  templates: TemplateTable;
  troubles: TroubleTable;
  uploads: UploadTable;
  removed: RemovedFiles;
}

export interface Database extends Tables {
  /** All of it is durable when this resolves, or none. Inside, use only the tables given. */
  transaction<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /**
   * The same for work that need not be alone: each of its statements sees what others made durable until then, so none of their changes
   * makes it start over. What must stand still meanwhile it locks itself. `isThere` sees whether what `work` stored last is there: a database
   * elsewhere may store it and its answer be lost, and then it is looked for, or done once more, before anybody is told that it failed.
   */
  amongOthers<T>(
    work: (tables: Tables) => Promise<T>,
    isThere?: (tables: Tables) => Promise<boolean>,
  ): Promise<T>;
  /**
   * A `transaction` that enrols or moves halls: an order is for those that there were when it was stored, so none is stored meanwhile, and
   * the rows of all are there before. `work` is called when they are.
   */
  whileHallsStandStill<T>(work: (tables: Tables) => Promise<T>): Promise<T>;
  /**
   * `work` only reads, and for somebody who can wait: it leaves room for what is stored and sent. Rejects `busy` where others read so much
   * that it would wait for seconds.
   */
  reading<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}
