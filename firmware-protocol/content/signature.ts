import {
  createPrivateKey,
  createPublicKey,
  sign as edSign,
  verify as edVerify,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { z } from 'zod';
import { canonicalJson } from './canonical-json.ts';

/** Ed25519 (RFC 8032) over the RFC 8785 canonical JSON of the document without `signature` or `signatures`. */
export const Signature = z.object({
  /** Id of the key in the key set. */
  key: z.string().min(1).max(64),
  /** 64 bytes, base64url without padding. */
  value: z.string().regex(/^[A-Za-z0-9_-]{86}$/),
});
export type Signature = z.infer<typeof Signature>;

/** A raw Ed25519 public key, 32 bytes, base64url without padding. */
export const PublicKey = z.string().regex(/^[A-Za-z0-9_-]{43}$/, 'a public key is 32 bytes in base64url');
export type PublicKey = z.infer<typeof PublicKey>;

/** A key that can sign: its id in the key set and the private half. */
export interface SigningKey {
  id: string;
  privateKey: KeyObject;
}

// The DER frames of Ed25519 keys are constant (RFC 8410, 7 and 10.3), so raw 32-byte keys need no ASN.1 library.
const SPKI_PREFIX = Buffer.from('302a300506032b6570032100', 'hex');
const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Bytes that are signed: canonical JSON of `document` without its signature members. Throws on NaN, Infinity or cycles. */
export function signedBytes(document: object): Buffer {
  const { signature: _one, signatures: _many, ...body } = document as Record<string, unknown>;
  return Buffer.from(canonicalJson(body), 'utf8');
}

export function signatureOf(document: object, key: SigningKey): Signature {
  return { key: key.id, value: edSign(null, signedBytes(document), key.privateKey).toString('base64url') };
}

/** The document with its `signature`. */
export function signed<T extends object>(document: T, key: SigningKey): T & { signature: Signature } {
  return { ...document, signature: signatureOf(document, key) };
}

/** Whether `signature` is the holder of `publicKey`'s over `document`. Never throws on bad input. */
export function verifies(document: object, signature: Signature, publicKey: PublicKey): boolean {
  try {
    return verifiesBytes(signedBytes(document), signature, publicKey);
  } catch {
    return false;
  }
}

/** The same over `signedBytes` that are there already. Throws on what is no key. */
export function verifiesBytes(bytes: Uint8Array, { value }: Signature, publicKey: PublicKey): boolean {
  // As a JWK (RFC 8037, 2) it is taken as the 32 bytes that it is; OpenSSL's reader of DER looks for the form first, at more than verifying costs.
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  return edVerify(null, bytes, key, Buffer.from(value, 'base64url'));
}

/** A fresh key pair: the public half for the key set, the seed (32 bytes, base64url) for a secret store. */
export function newKeyPair(): { publicKey: PublicKey; seed: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return {
    publicKey: publicKey
      .export({ format: 'der', type: 'spki' })
      .subarray(SPKI_PREFIX.length)
      .toString('base64url'),
    seed: privateKey
      .export({ format: 'der', type: 'pkcs8' })
      .subarray(PKCS8_PREFIX.length)
      .toString('base64url'),
  };
}

/** The signing key of a 32-byte seed (RFC 8032, 5.1.5). Throws when the seed has another length. */
export function signingKey(id: string, seed: string): SigningKey {
  const raw = Buffer.from(seed, 'base64url');
  if (raw.length !== 32) throw new TypeError(`signing key ${id}: a seed has 32 bytes, not ${raw.length}`);
  return {
    id,
    privateKey: createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, raw]), format: 'der', type: 'pkcs8' }),
  };
}

/** The public half of a signing key. */
export function publicKeyOf(key: SigningKey): PublicKey {
  const der = createPublicKey(key.privateKey).export({ format: 'der', type: 'spki' });
  return der.subarray(SPKI_PREFIX.length).toString('base64url');
}
