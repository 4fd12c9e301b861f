import { z } from 'zod';
import type { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import {
  chainFault,
  hashOf,
  PlayId,
  REPORT_BATCH_LIMIT,
  Report,
  ReportBatch,
} from '../../firmware-protocol/content/report.ts';
import { verifies } from '../../firmware-protocol/content/signature.ts';
import type { DeviceRecord, StoredReport } from '../tables.ts';
import { readMessage } from './read-message.ts';

/**
 * A report as it came: its frame is checked but nothing is stripped or filled in, because the hash chain runs over the
 * very members that the device wrote. An event that only a newer server knows is stored all the same.
 */
const Frame = Report.extend({ event: z.looseObject({ type: z.string().max(32) }) });
type Frame = z.infer<typeof Frame>;
/** With `hashOf` it. */
export interface Hashed {
  report: Frame;
  hash: Sha256;
}
const asItCame = z.custom<Frame>((value) => Frame.safeParse(value).success);
const Batch = ReportBatch.extend({ reports: z.array(asItCame).min(1).max(REPORT_BATCH_LIMIT) }).loose();

/** The reports of a batch, or why it is not the word of `device`: malformed, of another, no chain, signed by another. */
export function readBatch(
  payload: Uint8Array,
  device: DeviceRecord,
): { reports: Hashed[] } | { refused: string } {
  const batch = readMessage(Batch, payload);
  if (batch === undefined) return { refused: 'malformed' };
  if (batch.device !== device.id) return { refused: 'of another device' };
  if (chainFault(batch.reports) !== undefined) return { refused: 'not a chain' };
  if (!verifies(batch, batch.signature, device.publicKey)) return { refused: 'bad signature' };
  return { reports: batch.reports.map((report, at) => ({ report, hash: hashIn(batch.reports, at) })) };
}

/** In a run that is a chain each report names the hash of the one before it: only the last must be computed. */
function hashIn(reports: Frame[], at: number): Sha256 {
  return reports[at + 1]?.prev ?? hashOf(reports[at] ?? {});
}

export function storedOf({ report, hash }: Hashed): StoredReport {
  const { n, at, boot, event } = report;
  return {
    n,
    hash,
    at,
    boot,
    type: withoutNul(event.type),
    play: playIn(event),
    document: JSON.stringify(report),
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
