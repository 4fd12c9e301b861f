import { verifiesBytes } from '../../firmware-protocol/content/signature.ts';
import type { VerifiesBytes } from '../fleet/report-batch.ts';

/** The package has no build for 32-bit ARM, on which a server may be tried out. */
const sodium = process.arch === 'arm' ? undefined : (await import('sodium-native')).default;

/** Ed25519 (RFC 8032) by libsodium, which verifies in half the time of OpenSSL. Throws on what is no key. */
export const verifiesQuickly: VerifiesBytes =
  sodium === undefined
    ? verifiesBytes
    : (bytes, { value }, publicKey) => {
        const [signature, key] = [Buffer.from(value, 'base64url'), Buffer.from(publicKey, 'base64url')];
        // Its binding ends the process on any other length.
        if (key.length !== sodium.crypto_sign_PUBLICKEYBYTES)
          throw new TypeError(`no public key: ${publicKey}`);
        if (signature.length !== sodium.crypto_sign_BYTES) return false;
        return sodium.crypto_sign_verify_detached(signature, bytes as Buffer, key);
      };
