import type { Assertion, NewCredential } from '../../../firmware-protocol/mqtt/passkey-requests.ts';

/** COSE algorithms that the server takes: P-256, Ed25519, RSA. */
const ALGORITHMS = [-7, -8, -257];
/** As long as the server's challenge lives. */
const LIFE_MS = 120_000;

/** Whether this browser has passkeys at all: over TLS, or on the server's own machine. */
export const hasPasskeys = (): boolean => 'PublicKeyCredential' in window;

/** A finger, a face or a PIN says yes; undefined = the person turned back, or let the time run out. */
export async function assertionFor(
  challenge: string,
  { site, ids }: { site: string; ids: string[] },
): Promise<Assertion | undefined> {
  const made = await turnedBack(
    navigator.credentials.get({
      publicKey: {
        challenge: bytesOf(challenge),
        rpId: site,
        allowCredentials: ids.map(descriptorOf),
        userVerification: 'required',
        timeout: LIFE_MS,
      },
    }),
  );
  if (!(made instanceof PublicKeyCredential)) return undefined;
  const { response } = made;
  if (!(response instanceof AuthenticatorAssertionResponse)) return undefined;
  return {
    id: textOf(made.rawId),
    client_data: textOf(response.clientDataJSON),
    authenticator_data: textOf(response.authenticatorData),
    signature: textOf(response.signature),
  };
}

/** A new passkey of this person; undefined as above, or it is a kind that is not taken. */
export async function newCredential(
  challenge: string,
  { site, user, known }: { site: string; user: string; known: string[] },
): Promise<NewCredential | undefined> {
  const made = await turnedBack(
    navigator.credentials.create({
      publicKey: {
        challenge: bytesOf(challenge),
        rp: { id: site, name: 'prakat ประกาศ' },
        user: { id: new TextEncoder().encode(user), name: user, displayName: user },
        pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
        excludeCredentials: known.map(descriptorOf),
        authenticatorSelection: { userVerification: 'required' },
        attestation: 'none',
        timeout: LIFE_MS,
      },
    }),
  );
  if (!(made instanceof PublicKeyCredential)) return undefined;
  const { response } = made;
  if (!(response instanceof AuthenticatorAttestationResponse)) return undefined;
  const key = response.getPublicKey();
  if (key === null) return undefined;
  return {
    id: textOf(made.rawId),
    client_data: textOf(response.clientDataJSON),
    authenticator_data: textOf(response.getAuthenticatorData()),
    public_key: textOf(key),
  };
}

/** To turn back is no failure; browsers do not tell it from a time that ran out. */
async function turnedBack(asked: Promise<Credential | null>): Promise<Credential | null> {
  return asked.catch((error: unknown) => {
    const isNo =
      error instanceof DOMException &&
      ['NotAllowedError', 'InvalidStateError', 'AbortError'].includes(error.name);
    if (isNo) return null;
    throw error;
  });
}

const descriptorOf = (id: string): PublicKeyCredentialDescriptor => ({ type: 'public-key', id: bytesOf(id) });

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
}

function textOf(bytes: ArrayBuffer): string {
  const letters = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
