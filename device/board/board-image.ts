import { createHash, type KeyObject, sign } from 'node:crypto';
import { signedPart } from '../../firmware-protocol/serial/update.ts';
import { DeviceError } from '../errors.ts';

/** Beside an image lies its manifest: a JSON object of these four, digest and signature in hex digits. */
export interface ImageManifest {
  /** Of the image. */
  bytes: number;
  /** Grows with every release. */
  version: number;
  /** SHA-256 of the image, 64 hex digits. */
  digest: string;
  /** Ed25519 over `signedPart`, 128 hex digits. */
  signature: string;
}

export interface BoardImage extends ImageManifest {
  data: Uint8Array;
}

const MOST_U32 = 2 ** 32 - 1;

/** Signs an image with the maker's Ed25519 key. @param version 1 to 2^32 - 1. */
export function signImage(data: Uint8Array, version: number, key: KeyObject): ImageManifest {
  const digest = createHash('sha256').update(data).digest('hex');
  const described = { bytes: data.length, version, digest };
  return { ...described, signature: sign(null, signedPart(described), key).toString('hex') };
}

/** Reads a manifest's JSON. Throws DeviceError `config-invalid`. */
export function readManifest(json: string): ImageManifest {
  const read = parsed(json);
  const { bytes, version, digest, signature } = read;
  if (isCount(bytes) && isCount(version) && isHex(digest, 64) && isHex(signature, 128))
    return { bytes, version, digest, signature };
  throw new DeviceError('config-invalid', {
    why: 'no manifest of an image: bytes, version, digest, signature',
  });
}

function parsed(json: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch (cause) {
    throw new DeviceError('config-invalid', { why: 'the manifest is no JSON' }, cause);
  }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value > 0 && value <= MOST_U32;
}

function isHex(value: unknown, digits: number): value is string {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]*$/.test(value);
}
