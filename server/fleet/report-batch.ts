import type { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import type { DeviceId } from '../../firmware-protocol/content/area.ts';
import { isUlid } from '../../firmware-protocol/content/instant.ts';
import { chainFault, hashOfText, PlayId } from '../../firmware-protocol/content/report.ts';
import type { PublicKey, Signature } from '../../firmware-protocol/content/signature.ts';
import type { HeardEvent } from '../ports.ts';
import type { ChainedReport } from '../tables.ts';
import { asItCame, type BatchForm, type Frame, madeCanonical } from './batch-forms.ts';

/** A batch as it came on the topic of `device`, and what is known of that. */
export interface SentBatch {
  payload: Uint8Array;
  device: DeviceId;
  publicKey: PublicKey;
  chain: number;
}

/** The reports of a batch that is the word of its device: plain data, ready for the database, so that another thread can hand it over. */
export interface ReadBatch {
  /** What the first of them names as the hash of the one before it. */
  prev: Sha256;
  /** One after the other without a gap, at least one. */
  rows: ChainedReport[];
  /** Those of them that may answer an order. */
  answers: Answer[];
}

export interface Answer extends HeardEvent {
  /** The report's number. */
  n: number;
}

/** Whether `signature` is the holder of `publicKey`'s over `bytes`. Throws on what is no key. */
export type VerifiesBytes = (bytes: Uint8Array, signature: Signature, publicKey: PublicKey) => boolean;

/** Why it is not its device's word: malformed, of another, no chain, signed by another. */
export interface RefusedBatch {
  refused: string;
}

/** Reads a batch and holds it to its signature: its hashes, what was signed and what is stored are of the same text. */
export function readBatch(sent: SentBatch, verifies: VerifiesBytes): ReadBatch | RefusedBatch {
  const read = judged(sent, asItCame(sent.payload), verifies);
  return 'rows' in read ? read : judged(sent, madeCanonical(sent.payload), verifies);
}

function judged(
  sent: SentBatch,
  batch: BatchForm | undefined,
  verifies: VerifiesBytes,
): ReadBatch | RefusedBatch {
  if (batch === undefined) return { refused: 'malformed' };
  if (batch.device !== sent.device) return { refused: 'of another device' };
  const reports = batch.reports.map(({ report }) => report);
  const hashes = batch.reports.map(({ text }) => hashOfText(text));
  if (chainFault(reports, undefined, hashes) !== undefined) return { refused: 'not a chain' };
  if (!verifies(batch.signed, batch.signature, sent.publicKey)) return { refused: 'bad signature' };
  return {
    prev: reports[0]?.prev ?? '',
    rows: batch.reports.map(({ report, text }, at) => rowOf(sent, report, text, hashes[at] ?? '')),
    answers: reports.flatMap(({ n, event }) => (mayAnswer(event) ? [{ n, device: sent.device, event }] : [])),
  };
}

function rowOf(
  { device, chain }: SentBatch,
  { n, at, boot, event }: Frame,
  document: string,
  hash: Sha256,
): ChainedReport {
  return {
    device,
    chain,
    n,
    hash,
    at,
    boot,
    type: withoutNul(event.type),
    play: playIn(event),
    document,
  };
}

/** What proof is looked up by: an order's id or an occurrence's. */
function playIn(event: Frame['event']): string | null {
  const what = event.play ?? event.what;
  // A schema's reasons why not cost more than the look.
  const play = typeof what === 'string' ? PlayId.safeParse(what).data : undefined;
  return play === undefined ? null : withoutNul(play);
}

/** Orders have a ULID; most of what a hall does, it does by its programme. */
function mayAnswer({ play, what }: Frame['event']): boolean {
  return isUlid(play) || isUlid(what);
}

/** PostgreSQL has no NUL in its text; the document keeps what the device wrote. */
function withoutNul(text: string): string {
  return text.includes('\u0000') ? text.replaceAll('\u0000', '') : text;
}
