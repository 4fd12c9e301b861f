import type { z } from 'zod';
import type { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, type Instant, instantOf } from '../../firmware-protocol/content/instant.ts';
import { type KeySet, type KeyUse, refuseScope } from '../../firmware-protocol/content/key-set.ts';
import type { Refusal } from '../../firmware-protocol/content/report.ts';
import { type Signature, verifies } from '../../firmware-protocol/content/signature.ts';
import { HALL_TOPICS } from '../../firmware-protocol/mqtt/hall-topics.ts';
import { isRefused, type RawDocument, readJson } from '../keys/document.ts';

/** Receipts and answers are some hundred bytes. */
const MAX_BYTES = Math.max(HALL_TOPICS.receipt.maxBytes, HALL_TOPICS.timeAnswer.maxBytes);

export type Heard<T> = { ok: true; said: T } | { ok: false; reason: Refusal };

export interface Listener {
  device: DeviceId;
  village: AreaCode;
  keys: KeySet | undefined;
}

/**
 * Reads a receipt or an answer about the time: JSON, shape, addressee, key scope, signature, in that order. The broker
 * is not trusted: without this it could make a device forget its proof, or move its clock.
 */
export function hearServer<T extends { device: string; signature: Signature }>(
  listener: Listener,
  schema: z.ZodType<T>,
  payload: Uint8Array,
  claim: {
    use: KeyUse;
    at: (said: T) => Instant;
    /** What its signature is over, where that is not itself; undefined = nothing. */
    signed?: (raw: RawDocument, said: T) => object | undefined;
  },
): Heard<T> {
  const read = readJson(payload, MAX_BYTES);
  if (isRefused(read)) return { ok: false, reason: read.refused };
  const { raw } = read;
  const parsed = schema.safeParse(raw);
  if (!parsed.success) return { ok: false, reason: 'malformed' };
  const said = parsed.data;
  if (said.device !== listener.device) return { ok: false, reason: 'for-another' };
  const { keys } = listener;
  if (keys === undefined) return { ok: false, reason: 'unknown-key' };
  const claimed = { use: claim.use, band: 0, to: [`device/${said.device}`], at: claim.at(said) };
  const refusal = refuseScope(keys, said.signature.key, claimed, () => listener.village);
  if (refusal !== undefined) return { ok: false, reason: refusal };
  const key = keys.keys.find((each) => each.id === said.signature.key);
  const document = claim.signed === undefined ? raw : claim.signed(raw, said);
  return key !== undefined && document !== undefined && verifies(document, said.signature, key.public)
    ? { ok: true, said }
    : { ok: false, reason: 'bad-signature' };
}

/** The latest of what the device believes and what its key set proves: a clock of 1970 makes no key too young. */
export function notBefore(keys: KeySet | undefined, wall: number): Instant {
  return instantOf(Math.max(wall, keys === undefined ? 0 : epochMsOf(keys.issued_at)));
}
