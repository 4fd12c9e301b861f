import type { z } from 'zod';
import { type AreaCode, lineageOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, type Instant } from '../../firmware-protocol/content/instant.ts';
import type { Claimed } from '../../firmware-protocol/content/key-set.ts';
import type { Signature } from '../../firmware-protocol/content/signature.ts';
import {
  isRefused,
  notUnderstood,
  type RawDocument,
  type Refused,
  readJson,
  shaped,
} from '../keys/document.ts';
import { refuseScopeHere, refuseSignature } from '../keys/keyring.ts';
import { ISSUED_AHEAD_MS } from './gate.ts';
import { type Here, knowsTheTime } from './here.ts';

/** A signed document that an area holds one of: its programme, its release. */
export interface AreaDocument {
  area: AreaCode;
  issued_at: Instant;
  signature: Signature;
}

/** What must hold; `held` is what the document is compared with. */
export type AreaCheck<T, H> = (document: T, raw: RawDocument, here: Here, held: H) => Refused | undefined;
export type AreaChecks<T, H> = Readonly<Record<string, AreaCheck<T, H>>>;

/** What must hold of every such document, in this order: the gate of orders without a life to judge. */
export function areaChecks<T extends AreaDocument>(claimedBy: (document: T) => Claimed) {
  return {
    'signed by a key we trust': (document, raw, here) => refuseSignature(here.keys, raw, document.signature),
    'inside the scope of the key': (document, _raw, here) =>
      refuseScopeHere(here.keys, document.signature, claimedBy(document), here),
    'for this hall': (document, _raw, here) =>
      lineageOf(here.village).includes(document.area)
        ? undefined
        : { refused: 'for-another', detail: document.area },
    'not from the future': (document, _raw, here) =>
      knowsTheTime(here) && epochMsOf(document.issued_at) > here.now + ISSUED_AHEAD_MS
        ? { refused: 'too-early', detail: document.issued_at }
        : undefined,
  } as const satisfies AreaChecks<T, unknown>;
}

export interface AreaGate<T, H> {
  /** `programme`, `release`: with the area it names the document in a refusal. */
  kind: string;
  schema: z.ZodType<T>;
  /** Names that a document may call critical. */
  members: ReadonlySet<string>;
  maxBytes: number;
  checks: AreaChecks<T, H>;
}

/** The document in the bytes of a message, or the first reason against it. */
export function examineForArea<T extends AreaDocument, H>(
  gate: AreaGate<T, H>,
  { payload, area }: { payload: Uint8Array; area: string },
  here: Here,
  held: H,
): T | Refused {
  const what = `${gate.kind}/${area}`;
  const read = readJson(payload, gate.maxBytes);
  if (isRefused(read)) return { what, ...read };
  const shape = notUnderstood(read.raw, gate.members) ?? shaped(gate.schema, read.raw);
  if (isRefused(shape)) return { what, ...shape };
  const { document } = shape;
  // A valid document of one area that the broker shows under another would be taken for that other's retained state.
  if (document.area !== area) return { what, refused: 'for-another', detail: document.area };
  for (const check of Object.values(gate.checks)) {
    const refused = check(document, read.raw, here, held);
    if (refused !== undefined) return { what, ...refused };
  }
  return document;
}
