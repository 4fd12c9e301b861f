import type { KeyObject } from 'node:crypto';
import { z } from 'zod';
import type { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import { canonicalJson, canonicalObject } from '../../firmware-protocol/content/canonical-json.ts';
import {
  chainFault,
  hashOfText,
  PlayId,
  REPORT_BATCH_LIMIT,
  Report,
  ReportBatch,
} from '../../firmware-protocol/content/report.ts';
import { verifiesBytes } from '../../firmware-protocol/content/signature.ts';
import type { Speaker, StoredReport } from '../tables.ts';
import { readMessage } from './read-message.ts';

/**
 * A report as it came: its frame is checked but nothing is stripped or filled in, because the hash chain runs over the
 * very members that the device wrote. An event that only a newer server knows is stored all the same.
 */
const Frame = Report.extend({ event: z.looseObject({ type: z.string().max(32) }) });
type Frame = z.infer<typeof Frame>;
/** With its canonical text and `hashOf` it. */
export interface Hashed {
  report: Frame;
  text: string;
  hash: Sha256;
}
const asItCame = z.custom<Frame>((value) => Frame.safeParse(value).success);
const Batch = ReportBatch.extend({ reports: z.array(asItCame).min(1).max(REPORT_BATCH_LIMIT) }).loose();

/**
 * The reports of a batch, or why it is not the word of `device`: malformed, of another, no chain, signed by another. A report
 * is made canonical once: its hash, what was signed and what is stored are of the same text.
 */
export async function readBatch(
  payload: Uint8Array,
  device: Pick<Speaker, 'id'>,
  key: KeyObject,
): Promise<{ reports: Hashed[] } | { refused: string }> {
  const batch = readMessage(Batch, payload);
  if (batch === undefined) return { refused: 'malformed' };
  if (batch.device !== device.id) return { refused: 'of another device' };
  const { signature, reports, ...envelope } = batch;
  const read = hashed(reports);
  if (read === undefined) return { refused: 'malformed' };
  const hashes = read.map(({ hash }) => hash);
  if (chainFault(reports, undefined, hashes) !== undefined) return { refused: 'not a chain' };
  if (!(await verifiesBytes(signedText(envelope, read), signature, key))) return { refused: 'bad signature' };
  return { reports: read };
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

export function storedOf({ report, text, hash }: Hashed): StoredReport {
  const { n, at, boot, event } = report;
  return {
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
  const play = PlayId.safeParse(event.play ?? event.what).data;
  return play === undefined ? null : withoutNul(play);
}

/** PostgreSQL has no NUL in its text; the document keeps what the device wrote. */
function withoutNul(text: string): string {
  return text.replaceAll('\u0000', '');
}
