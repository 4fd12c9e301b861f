import { z } from 'zod';
import { lineOf, Sha256 } from '../content/announcement.ts';
import { Instant } from '../content/instant.ts';
import { proof, Transaction } from './answer.ts';

export const PASSKEY_LIMITS = {
  /** A phone, a computer, a key on the key ring, and those of before. */
  ofOneAccount: 10,
  titleChars: 60,
} as const;

/** Bytes as WebAuthn's JSON has them. */
const base64url = (bytes: number) =>
  z
    .string()
    .min(1)
    .max(Math.ceil((bytes * 4) / 3))
    .regex(/^[\w-]+$/, 'base64url without padding');

const CredentialId = base64url(512);
const common = {
  id: CredentialId,
  /** `clientDataJSON`. */
  client_data: base64url(4_096),
  authenticator_data: base64url(4_096),
};

/** What `navigator.credentials.create` gave: `getAuthenticatorData()`, and `getPublicKey()` as SubjectPublicKeyInfo. */
const NewCredential = z.strictObject({ ...common, public_key: base64url(1_024) });
export type NewCredential = z.infer<typeof NewCredential>;

/** What `navigator.credentials.get` gave: a finger, a face or a PIN instead of the password. */
export const Assertion = z.strictObject({ ...common, signature: base64url(1_024) });
export type Assertion = z.infer<typeof Assertion>;

/**
 * The asker's own passkeys (WebAuthn), which stand for the password where `prove` asks for it, and nowhere else. `challenge`: for a
 * `prove` with one of them; `begin`: for a new one; `add` (takes the password again) and `remove`.
 */
export const PasskeysRequest = z
  .strictObject({
    change: z.enum(['challenge', 'begin', 'add', 'remove']).optional(),
    /** Of the request that is to be proved. */
    sha256: Sha256.optional(),
    title: lineOf(PASSKEY_LIMITS.titleChars).optional(),
    credential: NewCredential.optional(),
    id: CredentialId.optional(),
    ...proof,
    transaction: Transaction.optional(),
  })
  .refine(({ change, sha256 }) => (change === 'challenge') === (sha256 !== undefined), {
    message: 'sha256 belongs to challenge, and challenge needs it',
    path: ['sha256'],
  })
  .refine(({ change, credential, title }) => change !== 'add' || (credential && title) !== undefined, {
    message: 'a new passkey has a title and a credential',
    path: ['credential'],
  })
  .refine(({ change, id }) => (change === 'remove') === (id !== undefined), {
    message: 'id belongs to remove, and remove needs it',
    path: ['id'],
  });
export type PasskeysRequest = z.infer<typeof PasskeysRequest>;

export const PasskeysAnswer = z.object({
  passkeys: z.array(
    z.object({ id: CredentialId, title: z.string(), made_at: Instant, used_at: Instant.optional() }),
  ),
  /** Whether a browser can make one here: it needs TLS (or localhost) and a name, not an address. */
  available: z.boolean(),
  /** After `challenge` and `begin`: what the browser is given, good once and for two minutes. */
  challenge: base64url(64).optional(),
  /** The name of the site that passkeys are bound to. */
  site: z.string().optional(),
});
export type PasskeysAnswer = z.infer<typeof PasskeysAnswer>;

export const PASSKEY_REQUESTS = { passkeys: { request: PasskeysRequest, answer: PasskeysAnswer } } as const;
