import type { z } from 'zod';
import type { Refusal, Via } from '../../firmware-protocol/content/report.ts';

/** Why something from outside was turned away, in the words of a report. */
export interface Refused {
  refused: Refusal;
  /** The order's id, `programme/<area>` or `keys`, where it could be read. */
  what?: string;
  detail?: string;
  via?: Via;
}

/** What became of a document: in force now, known before, or turned away. */
export type Verdict = 'taken' | 'had' | Refused;

/** A member that is there only when there is something to say. */
export function viaOf({ via }: { via?: Via | undefined }): { via?: Via } {
  return via === undefined ? {} : { via };
}

export function isRefused(value: object): value is Refused {
  return 'refused' in value;
}

/** A JSON object as it arrived. Signatures are checked over this, never over what a schema made of it. */
export type RawDocument = Record<string, unknown>;

/** The only format there is so far; a document of a later one is told apart from a broken one. */
const FORMAT = 1;

/** Bytes -> one JSON object, or why not. Bad UTF-8 is refused here: replacement characters would hide a change. */
export function readJson(payload: Uint8Array, maxBytes: number): { raw: RawDocument } | Refused {
  if (payload.byteLength > maxBytes)
    return { refused: 'too-large', detail: `${payload.byteLength} bytes, at most ${maxBytes}` };
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(payload));
    return isObject(value) ? { raw: value } : { refused: 'malformed', detail: 'not a JSON object' };
  } catch (error) {
    return {
      refused: 'malformed',
      detail: error instanceof Error ? error.message.slice(0, 200) : 'not JSON',
    };
  }
}

function isObject(value: unknown): value is RawDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Why a reader of `known` members may not read this: a later format, or a `crit` member it has never heard of. */
export function notUnderstood(raw: RawDocument, known: ReadonlySet<string>): Refused | undefined {
  if (typeof raw.format === 'number' && raw.format !== FORMAT)
    return { refused: 'not-understood', detail: `format ${raw.format}` };
  if (!Array.isArray(raw.crit)) return undefined;
  const strange = raw.crit.find((name) => typeof name !== 'string' || !known.has(name));
  return strange === undefined
    ? undefined
    : {
        refused: 'not-understood',
        detail: `crit: ${typeof strange === 'string' ? strange.slice(0, 64) : 'not a name'}`,
      };
}

/** The document as its schema reads it, or the path and words of the first fault. */
export function shaped<T>(schema: z.ZodType<T>, raw: RawDocument): { document: T } | Refused {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return { document: parsed.data };
  const fault = parsed.error.issues[0];
  return {
    refused: 'malformed',
    detail: `${fault?.path.join('.') ?? ''}: ${fault?.message ?? 'wrong'}`.slice(0, 400),
  };
}
