import { pbkdf2 } from 'node:crypto';
import { promisify } from 'node:util';

/**
 * Mosquitto checks a password inside its only thread, so each round of hashing delays every other client: a person's
 * password gets 10,000 rounds (some 5 ms), the 256 random bits of a device one round (nothing to guess).
 */
export const MOSQUITTO_ROUNDS = { person: 10_000, device: 1 } as const;
/** Mosquitto 2.0 refuses a salt of any other length. */
export const MOSQUITTO_SALT_BYTES = 12;
const HASH_BYTES = 64;

const derive = promisify(pbkdf2);

/** A password as Mosquitto's password file holds it: `$7$<rounds>$<salt>$<PBKDF2-HMAC-SHA512>`. */
export async function mosquittoHash(password: string, salt: Uint8Array, rounds: number): Promise<string> {
  const hash = await derive(password, salt, rounds, HASH_BYTES, 'sha512');
  return `$7$${rounds}$${Buffer.from(salt).toString('base64')}$${hash.toString('base64')}`;
}
