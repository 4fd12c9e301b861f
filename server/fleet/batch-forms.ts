import { z } from 'zod';
import { canonicalJson, canonicalObject } from '../../firmware-protocol/content/canonical-json.ts';
import { REPORT_BATCH_LIMIT, Report, ReportBatch } from '../../firmware-protocol/content/report.ts';
import type { Signature } from '../../firmware-protocol/content/signature.ts';
import { readMessage } from './read-message.ts';

/**
 * A report as it came: its frame is checked but nothing is stripped or filled in, because the hash chain runs over the
 * very members that the device wrote. An event that only a newer server knows is stored all the same.
 */
const Frame = z.compile(Report.extend({ event: z.looseObject({ type: z.string().max(32) }) }));
export type Frame = z.infer<typeof Frame>;

const isFrame = (value: unknown): value is Frame => Frame.safeParse(value).success;
// Read with every message of a storm: compiled, in a third of the time.
const Batch = z.compile(
  ReportBatch.extend({
    reports: z.array(z.custom<Frame>(isFrame)).min(1).max(REPORT_BATCH_LIMIT),
  }).loose(),
);

/** A batch, not yet held to its signature. */
export interface BatchForm {
  device: string;
  signature: Signature;
  /** What the signature is to stand for. */
  signed: Uint8Array;
  /** Each with the text that is hashed and stored. */
  reports: { report: Frame; text: string }[];
}

const HEAD = /^\{"device":"([a-z0-9-]{3,32})","reports":\[(?=\{"at":")/;
const TAIL = ',"signature":{"key":"';
const SIGNATURE = /^,"signature":\{"key":"([^"\\]{1,64})","value":"([A-Za-z0-9_-]{86})"\}\}$/;
/** Between two reports. In a string its quotes would be escaped; a list of the like inside a report leaves no piece whole. */
const SEAM = '},{"at":"';
const END = Buffer.from('}');

/**
 * The form in which a device writes, and so signs, its batches: canonical JSON, whose signed bytes are what came without the signature
 * at its end, and whose reports are cut out of it. Nothing is written anew, which is a third of the work. Undefined for any other.
 */
export function asItCame(payload: Uint8Array): BatchForm | undefined {
  const text = textOf(payload);
  const [head, device] = (text !== undefined && HEAD.exec(text)) || [];
  if (text === undefined || head === undefined || device === undefined) return undefined;
  const listEnd = text.lastIndexOf(TAIL);
  const [, key, value] = SIGNATURE.exec(text.slice(listEnd)) ?? [];
  if (key === undefined || value === undefined || text[listEnd - 1] !== ']') return undefined;
  const reports = cut(text.slice(head.length, listEnd - 1));
  if (reports === undefined) return undefined;
  // All that stands behind the list is ASCII: a byte a letter.
  const signed = Buffer.concat([payload.subarray(0, payload.length - (text.length - listEnd)), END]);
  return { device, signature: { key, value }, signed, reports };
}

/** The reports of a list, one by one. Undefined where a piece is none, so that all of them together are the list. */
function cut(list: string): BatchForm['reports'] | undefined {
  const reports: BatchForm['reports'] = [];
  for (let from = 0; from < list.length; ) {
    const seam = list.indexOf(SEAM, from);
    const to = seam < 0 ? list.length : seam + 1;
    const text = list.slice(from, to);
    const report = parsed(text);
    if (!isFrame(report) || reports.push({ report, text }) > REPORT_BATCH_LIMIT) return undefined;
    from = to + 1;
  }
  return reports;
}

/** Any other JSON of a batch, whose signed bytes are its canonical JSON. Undefined = malformed. */
export function madeCanonical(payload: Uint8Array): BatchForm | undefined {
  const batch = readMessage(Batch, payload);
  if (batch === undefined) return undefined;
  const { signature, signatures: _many, reports: list, ...envelope } = batch;
  try {
    const reports = list.map((report) => ({ report, text: canonicalJson(report) }));
    const members = Object.entries(envelope).map(([name, value]) => [name, canonicalJson(value)]);
    const texts = reports.map(({ text }) => text).join(',');
    const signed = canonicalObject({ ...Object.fromEntries(members), reports: `[${texts}]` });
    return { device: batch.device, signature, signed: Buffer.from(signed), reports };
  } catch {
    // Half a surrogate pair has no canonical form (RFC 8785, 3.2.2.2).
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Undefined where it is no text, or one with escapes, which canonical JSON has for few letters and none for half a surrogate pair. */
function textOf(payload: Uint8Array): string | undefined {
  try {
    const text = decoder.decode(payload);
    return text.includes('\\u') ? undefined : text;
  } catch {
    return undefined;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
