import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import type { DeviceId } from '../../firmware-protocol/content/area.ts';
import { canonicalJson, canonicalObject } from '../../firmware-protocol/content/canonical-json.ts';
import { isUlid } from '../../firmware-protocol/content/instant.ts';
import {
  chainFault,
  hashOfText,
  PlayId,
  REPORT_BATCH_LIMIT,
  Report,
  ReportBatch,
} from '../../firmware-protocol/content/report.ts';
import { type PublicKey, verifiesBytes } from '../../firmware-protocol/content/signature.ts';
import type { HeardEvent } from '../ports.ts';
import type { ChainedReport } from '../tables.ts';
import { readMessage } from './read-message.ts';

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

/** Why it is not its device's word: malformed, of another, no chain, signed by another. */
export interface RefusedBatch {
  refused: string;
}

/**
 * A report as it came: its frame is checked but nothing is stripped or filled in, because the hash chain runs over the
 * very members that the device wrote. An event that only a newer server knows is stored all the same.
 */
const Frame = z.compile(Report.extend({ event: z.looseObject({ type: z.string().max(32) }) }));
type Frame = z.infer<typeof Frame>;
/** With its canonical text and `hashOf` it. */
interface Hashed {
  report: Frame;
  text: string;
  hash: Sha256;
}
const asItCame = z.custom<Frame>((value) => Frame.safeParse(value).success);
// Read with every message of a storm: compiled, in a third of the time.
const Batch = z.compile(
  ReportBatch.extend({ reports: z.array(asItCame).min(1).max(REPORT_BATCH_LIMIT) }).loose(),
);

/**
 * Reads a batch and holds it to its signature. A report is made canonical once: its hash, what was signed and what is stored are of
 * the same text.
 */
export function readBatch(sent: SentBatch, key: KeyObject): ReadBatch | RefusedBatch {
  const batch = readMessage(Batch, sent.payload);
  if (batch === undefined) return { refused: 'malformed' };
  if (batch.device !== sent.device) return { refused: 'of another device' };
  const { signature, reports, ...envelope } = batch;
  const read = hashed(reports);
  if (read === undefined) return { refused: 'malformed' };
  const hashes = read.map(({ hash }) => hash);
  if (chainFault(reports, undefined, hashes) !== undefined) return { refused: 'not a chain' };
  if (!verifiesBytes(signedText(envelope, read), signature, key)) return { refused: 'bad signature' };
  return {
    prev: reports[0]?.prev ?? '',
    rows: read.map((each) => rowOf(sent, each)),
    answers: reports.flatMap(({ n, event }) => (mayAnswer(event) ? [{ n, device: sent.device, event }] : [])),
  };
}

/** Undefined where one has no canonical form: half a surrogate pair (RFC 8785, 3.2.2.2). */
function hashed(reports: Frame[]): Hashed[] | undefined {
  try {
    return reports.map((report) => {
      const text = canonicalJson(report);
      return { report, text, hash: hashOfText(text) };
    });
  } catch {
    return undefined;
  }
}

/** `signedBytes` of a batch. */
function signedText(
  { signatures: _many, ...envelope }: Record<string, unknown>,
  reports: Hashed[],
): Uint8Array {
  const members = Object.entries(envelope).map(([name, value]) => [name, canonicalJson(value)]);
  const texts = reports.map(({ text }) => text);
  return Buffer.from(canonicalObject({ ...Object.fromEntries(members), reports: `[${texts.join(',')}]` }));
}

function rowOf({ device, chain }: SentBatch, { report, text, hash }: Hashed): ChainedReport {
  const { n, at, boot, event } = report;
  return {
    device,
    chain,
    n,
    hash,
    at,
    boot,
    type: withoutNul(event.type),
    play: playIn(event),
    document: text,
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
