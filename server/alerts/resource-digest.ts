import { createHash } from 'node:crypto';
import type { CapResource } from './cap-schema.ts';

/** By the length of their hexadecimal form: CAP 3.2.3 asks for SHA-1, newer senders write SHA-256. */
const HASHES: Readonly<Record<number, string>> = { 40: 'sha1', 64: 'sha256' };

/** The file inside is not the one that its digest was made of: cut on its way, or another. A digest of no known form proves nothing. */
export function hasOtherDigest({ derefUri, digest }: Pick<CapResource, 'derefUri' | 'digest'>): boolean {
  const said = (digest ?? '').trim().toLowerCase();
  const hash = /^[0-9a-f]+$/.test(said) ? HASHES[said.length] : undefined;
  const isInside = derefUri !== undefined && derefUri.trim() !== '';
  if (hash === undefined || !isInside) return false;
  return createHash(hash).update(Buffer.from(derefUri, 'base64')).digest('hex') !== said;
}
