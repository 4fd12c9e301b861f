import type { AreaCode, Target } from '../../firmware-protocol/content/area.ts';
import type { Verdict } from './judge.ts';
import type { Reason } from './reasons.ts';
import type { SignatureState } from './signature.ts';

/** What became of an alert at the desk. */
export const ALERT_STATES = [
  /** No CAP 1.2, or forbidden. */
  'refused',
  /** Kept, never sounds. */
  'recorded',
  /** A person decides. */
  'waiting',
  /** Its orders are being made; after a restart they are sent again under the same ids. */
  'sending',
  /** On the air, until it ends by its time, its sender or a person. */
  'live',
  /** Ended by its sender's Cancel. */
  'cancelled',
  /** Ended by an Update. */
  'replaced',
  /** Its time is over. */
  'expired',
  /** A person said no. */
  'rejected',
  /** A Cancel that was carried out. */
  'done',
] as const;
export type AlertState = (typeof ALERT_STATES)[number];

/** Why a sender is trusted to act without a person, or is not. */
export const TRUSTS = [
  'trusted',
  'unknown-sender',
  'unproven',
  'bad-signature',
  'same-name-other-words',
] as const;
export type Trust = (typeof TRUSTS)[number];

export interface NamedMessage {
  sender: string;
  identifier: string;
  /** Epoch ms. */
  sentMs: number;
}

/** Times are epoch ms. */
export interface AlertRecord extends NamedMessage {
  /** A ULID of ours. */
  id: string;
  /** SHA-256 of the canonical alert; of the file, where there is none in it. */
  hash: string;
  /** As the alert wrote it. */
  sent: string;
  status: string;
  msgType: string;
  verdict: Verdict;
  reasons: Reason[];
  signature: SignatureState;
  trust: Trust;
  /** `post:somchai`, `feed:https://…`, `file`. */
  via: string;
  receivedAt: number;
  title: string;
  references: NamedMessage[];
  /** What is reached, as orders name it. */
  to: Target[];
  /** Of the villages, how many by which rule. */
  matched: { polygon: number; circle: number; geocode: number };
  /** When it ends by itself. */
  until: number | undefined;
  state: AlertState;
  stateAt: number;
  /** A person, or `prakat`. */
  stateBy: string;
  why: string | undefined;
  /** The first of two persons who said yes, and to whom: its sender is not known for sure. */
  firstYes?: { by: string; at: number; to: Target[] } | undefined;
  /** Ids of its orders, made before they are sent. */
  orders: string[];
  /** The alert alone, as XML. */
  document: string;
}

/** What a list shows: all but the document. */
export type AlertSummary = Omit<AlertRecord, 'document'>;

export interface AlertTable {
  /** False = this very message is there already. */
  add(record: AlertRecord): Promise<boolean>;
  get(id: string): Promise<AlertRecord | undefined>;
  /** Under this name; several only where somebody sent other words under it. */
  named(name: NamedMessage): Promise<AlertSummary[]>;
  /** Replaces state, stateAt, stateBy, why, to, until and orders. */
  put(record: AlertSummary): Promise<void>;
  /** The newest first. */
  list(about: { states?: readonly AlertState[] | undefined; limit: number }): Promise<AlertSummary[]>;
  /** Waiting, sending or live, and over. */
  over(now: number): Promise<AlertSummary[]>;
  /** Cancels of this sender that were carried out and were sent since. */
  cancelsOf(sender: string, sinceMs: number): Promise<AlertSummary[]>;
}

/** Where villages stand; `server/areas` knows. */
export interface VillagePoints {
  /** Page by page: a nation's are not read in one go. */
  points(
    area: AreaCode,
  ): AsyncIterable<readonly { code: string; lat?: number | undefined; lon?: number | undefined }[]>;
}
