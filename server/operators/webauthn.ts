import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { z } from 'zod';

/** What WebAuthn (Level 2, 7.1 and 7.2) asks of what an authenticator gave, as far as it concerns a key without attestation. */

/** The site that passkeys are bound to. */
export interface Site {
  /** `https://prakat.example.go.th`. */
  origin: string;
  /** `prakat.example.go.th`. */
  rpId: string;
}

/** 6.1: user present, user verified, attested credential data included. */
const FLAG = { present: 0x01, verified: 0x04, attested: 0x40 } as const;
/** 6.1: hash of the site, flags, counter. */
const HEAD_BYTES = 37;
/** 6.5.1: AAGUID before the length of the credential's id. */
const AAGUID_BYTES = 16;
const LEAST_RSA_BITS = 2_048;

const ClientData = z.object({
  type: z.string(),
  challenge: z.string(),
  origin: z.string(),
  crossOrigin: z.boolean().optional(),
});

export interface AuthenticatorData {
  count: number;
  /** Of a new credential, base64url. */
  id: string | undefined;
}

/** Whether the browser says that this was asked here, for this challenge. */
export function isAskedHere(
  clientData: string,
  wanted: { type: 'webauthn.create' | 'webauthn.get'; challenge: string; site: Site },
): boolean {
  const said = clientDataOf(clientData);
  return (
    said?.type === wanted.type &&
    said.challenge === wanted.challenge &&
    said.origin === wanted.site.origin &&
    said.crossOrigin !== true
  );
}

/** The challenge that the browser says it was given; undefined = no client data. */
export function challengeIn(clientData: string): string | undefined {
  return clientDataOf(clientData)?.challenge;
}

/** Undefined: of another site, or no person was there and showed by finger, face or PIN who it is. */
export function readAuthenticatorData(encoded: string, site: Site): AuthenticatorData | undefined {
  const data = Buffer.from(encoded, 'base64url');
  if (data.length < HEAD_BYTES) return undefined;
  if (!data.subarray(0, 32).equals(createHash('sha256').update(site.rpId).digest())) return undefined;
  const flags = data.readUInt8(32);
  if (!(flags & FLAG.present) || !(flags & FLAG.verified)) return undefined;
  return { count: data.readUInt32BE(33), id: flags & FLAG.attested ? credentialIn(data) : undefined };
}

function credentialIn(data: Buffer): string | undefined {
  const at = HEAD_BYTES + AAGUID_BYTES;
  if (data.length < at + 2) return undefined;
  const id = data.subarray(at + 2, at + 2 + data.readUInt16BE(at));
  return id.length === data.readUInt16BE(at) ? id.toString('base64url') : undefined;
}

/** P-256, Ed25519 or RSA; undefined = no key, or one that is too weak. */
export function keyOf(spki: string): KeyObject | undefined {
  try {
    const key = createPublicKey({ key: Buffer.from(spki, 'base64url'), format: 'der', type: 'spki' });
    const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
    const isGood =
      key.asymmetricKeyType === 'ed25519' ||
      (key.asymmetricKeyType === 'ec' && namedCurve === 'prime256v1') ||
      (key.asymmetricKeyType === 'rsa' && modulusLength >= LEAST_RSA_BITS);
    return isGood ? key : undefined;
  } catch {
    return undefined;
  }
}

/** 7.2, steps 19 and 20: over the authenticator's data and the hash of what the browser said. */
export function isSignedBy(
  key: KeyObject,
  {
    client_data,
    authenticator_data,
    signature,
  }: Record<'client_data' | 'authenticator_data' | 'signature', string>,
): boolean {
  const said = createHash('sha256').update(Buffer.from(client_data, 'base64url')).digest();
  const signed = Buffer.concat([Buffer.from(authenticator_data, 'base64url'), said]);
  const hash = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  try {
    return verify(hash, signed, key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}

function clientDataOf(encoded: string): z.infer<typeof ClientData> | undefined {
  try {
    return ClientData.safeParse(JSON.parse(Buffer.from(encoded, 'base64url').toString('utf8'))).data;
  } catch {
    return undefined;
  }
}
