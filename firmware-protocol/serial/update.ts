import { MAX_BODY_BYTES } from './header.ts';
import { codecOf } from './layout.ts';

/** ASCII before what an update's signature covers: this, then the bodies' bytes of `bytes`, `version` and `digest`. */
export const UPDATE_CONTEXT = 'prakat board update 1';
const U32_BYTES = 4;

/** The bytes that an update's signature covers. */
export function signedPart(update: { bytes: number; version: number; digest: string }): Uint8Array {
  const context = new TextEncoder().encode(UPDATE_CONTEXT);
  const digest = update.digest.match(/../g)?.map((pair) => Number.parseInt(pair, 16)) ?? [];
  const signed = new Uint8Array(context.length + 2 * U32_BYTES + digest.length);
  const view = new DataView(signed.buffer);
  signed.set(context);
  view.setUint32(context.length, update.bytes);
  view.setUint32(context.length + U32_BYTES, update.version);
  signed.set(digest, context.length + 2 * U32_BYTES);
  return signed;
}

export const UPDATE_STATES = { none: 0, receiving: 1, whole: 2 } as const;

/** `signature`: Ed25519 (RFC 8032) over UPDATE_CONTEXT, bytes, version, digest. `digest`: SHA-256 of the image. */
export const updateBegin = codecOf([
  { name: 'bytes', as: 'u32' },
  { name: 'version', as: 'u32' },
  { name: 'digest', as: 'digest' },
  { name: 'signature', as: 'signature' },
]);

const BLOCK_HEAD_BYTES = 4;

export const updateBlock = codecOf(
  [
    { name: 'offset', as: 'u32' },
    { name: 'data', as: 'rest' },
  ],
  MAX_BODY_BYTES - BLOCK_HEAD_BYTES,
);

export const updateAsk = codecOf([]);

/** Of the image under way: its digest (zeros = none), size, bytes safely kept; and the version that runs now. */
export const updateState = codecOf([
  { name: 'state', as: 'choice', of: UPDATE_STATES },
  { name: 'digest', as: 'digest' },
  { name: 'bytes', as: 'u32' },
  { name: 'received', as: 'u32' },
  { name: 'running', as: 'u32' },
]);

export const updateActivate = codecOf([{ name: 'digest', as: 'digest' }]);
