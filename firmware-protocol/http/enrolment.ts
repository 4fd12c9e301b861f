import { scryptSync } from 'node:crypto';
import { z } from 'zod';
import { AreaCode, DeviceId } from '../content/area.ts';
import { canonicalJson } from '../content/canonical-json.ts';
import { KeySet, RootKey } from '../content/key-set.ts';
import { PublicKey } from '../content/signature.ts';

/**
 * `GET /enrol`: who the server says it is, for anybody. A box holds it against its code before it says the secret: a slip in the
 * last ten letters, or another server at that address, changes nothing anywhere.
 */
export const EnrolmentRoots = z.object({ roots: z.array(RootKey).min(1).max(8) });
export type EnrolmentRoots = z.infer<typeof EnrolmentRoots>;

/**
 * `POST /enrol`: a one-time code makes a device's credential and pins the server's key set. A code is four groups of
 * five Crockford letters: two of secret, two of the fingerprint of the root keys. So the person who carries the code
 * carries the trust: a server in the middle can steal no more than this one enrolment, and cannot plant its own keys.
 */
export const EnrolmentCode = z
  .string()
  .max(64)
  .transform(typedCode)
  .pipe(z.string().regex(/^[0-9A-HJKMNP-TV-Z]{20}$/, 'an enrolment code has 20 letters and digits'));

export const EnrolmentRequest = z.object({
  /** Only the secret half goes over the wire; the device keeps the fingerprint to itself. */
  secret: z.string().regex(/^[0-9A-HJKMNP-TV-Z]{10}$/),
  /** The key the device will sign its reports with. */
  public: PublicKey,
  /** Who the box is to become, where it knows: a code of another hall is then refused, and stays good. */
  device: DeviceId.optional(),
  /**
   * 32 random bytes of the box, base64url, to be its password: who has it on its disk before it asks loses nothing with an answer
   * that does not come. Absent = the server makes one.
   */
  password: z
    .string()
    .regex(/^[A-Za-z0-9_-]{43}$/)
    .optional(),
});
export type EnrolmentRequest = z.infer<typeof EnrolmentRequest>;

export const EnrolmentAnswer = z.object({
  device: DeviceId,
  village: AreaCode,
  /** The device's password at the broker and for media; its user name is the device id. */
  password: z.string().min(20),
  /** `mqtt://` or `mqtts://` with host and port. */
  broker: z.url({ protocol: /^mqtts?$/ }),
  /** Base of `GET <media>/<sha256>`. */
  media: z.url({ protocol: /^https?$/ }),
  keys: KeySet,
  /** The highest report that the server holds of this device, where the box takes the place of another: go on above it. */
  reports_up_to: z.int().min(0).optional(),
});
export type EnrolmentAnswer = z.infer<typeof EnrolmentAnswer>;

/** What a person typed -> Crockford letters: case, blanks, dashes and look-alikes do not matter. */
export function typedCode(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
}

const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Bytes -> Crockford base 32, 5 bits a letter, `letters` of them. */
export function crockford(bytes: Uint8Array, letters: number): string {
  let bits = 0n;
  for (const byte of bytes) bits = (bits << 8n) | BigInt(byte);
  bits >>= BigInt(bytes.length * 8 - letters * 5);
  let text = '';
  for (let index = 0; index < letters; index++) {
    text = (CROCKFORD[Number(bits & 31n)] ?? '') + text;
    bits >>= 5n;
  }
  return text;
}

/**
 * 50 bits are few for a hash: a forger could search for root keys with the same fingerprint once and use them on every
 * hall. At 16 MiB and some 50 ms a guess (scrypt, RFC 7914) that search is out of reach, and an enrolment pays it once.
 */
const FINGERPRINT_COST = { N: 16_384, r: 8, p: 1 } as const;

/** 10 Crockford letters (50 bits) that stand for a set of root keys. Takes some 50 ms of processor. */
export function fingerprintOf(roots: RootKey[]): string {
  return crockford(scryptSync(canonicalJson(roots), 'prakat root keys', 32, FINGERPRINT_COST), 10);
}

/** The code as it is written on paper: `ABCDE-FGHJK-MNPQR-STVWX`. */
export function writeCode(secret: string, roots: RootKey[]): string {
  return (secret + fingerprintOf(roots)).replace(/(.{5})(?=.)/g, '$1-');
}

/** A typed code -> its halves. */
export function readCode(code: z.infer<typeof EnrolmentCode>): { secret: string; fingerprint: string } {
  return { secret: code.slice(0, 10), fingerprint: code.slice(10) };
}

export function fingerprintMatches(roots: RootKey[], fingerprint: string): boolean {
  return fingerprintOf(roots) === fingerprint;
}
