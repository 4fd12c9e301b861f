import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { signedPart, updateBegin } from '../../../firmware-protocol/serial/update.ts';

/** PKCS #8 of Ed25519 (RFC 8410), before the seed. */
const PKCS8 = '302e020100300506032b657004220420';
/** The secret key of RFC 8032, 7.1, test 1: public knowledge, for tests only. */
const SEED = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
const secret = createPrivateKey({ key: Buffer.from(PKCS8 + SEED, 'hex'), format: 'der', type: 'pkcs8' });

export const MAKER_KEY = createPublicKey(secret).export({ format: 'pem', type: 'spki' }).toString();

/** New firmware as the maker signs it. */
export interface Image {
  bytes: Uint8Array;
  digest: string;
  /** Body of its `update-begin`. */
  begin: Uint8Array;
}

export function imageOf(version: number, bytes: Uint8Array, isHonest = true): Image {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const update = { bytes: bytes.length, version, digest };
  const signature = sign(null, signedPart(isHonest ? update : { ...update, version: version + 1 }), secret);
  return { bytes, digest, begin: updateBegin.encode({ ...update, signature: signature.toString('hex') }) };
}
