import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';
import type { Assertion, NewCredential } from '../../../../firmware-protocol/mqtt/passkey-requests.ts';

/** What a browser with an authenticator does with a challenge, right or wrong (WebAuthn Level 2, 6 and 7). */
export interface Ceremony {
  challenge: string;
  origin?: string;
  rpId?: string;
  type?: string;
  crossOrigin?: boolean;
  /** Person present, person verified. */
  flags?: number;
  count?: number;
}

const KINDS = {
  'P-256': () => generateKeyPairSync('ec', { namedCurve: 'prime256v1' }),
  Ed25519: () => generateKeyPairSync('ed25519'),
  RSA: () => generateKeyPairSync('rsa', { modulusLength: 2_048 }),
  'P-384': () => generateKeyPairSync('ec', { namedCurve: 'secp384r1' }),
  'RSA of 1024': () => generateKeyPairSync('rsa', { modulusLength: 1_024 }),
} as const;
export type KeyKind = keyof typeof KINDS;

export class PaperAuthenticator {
  readonly id = randomBytes(32).toString('base64url');
  readonly #privateKey: KeyObject;
  readonly #publicKey: KeyObject;
  count = 1;

  constructor(kind: KeyKind = 'P-256') {
    const { privateKey, publicKey } = KINDS[kind]();
    this.#privateKey = privateKey;
    this.#publicKey = publicKey;
  }

  create(ceremony: Ceremony): NewCredential {
    const id = Buffer.from(this.id, 'base64url');
    const length = Buffer.from([id.length >> 8, id.length & 255]);
    const data = this.#data({ flags: 0x45, ...ceremony });
    return {
      id: this.id,
      client_data: clientData({ type: 'webauthn.create', ...ceremony }),
      // The COSE key behind it is not read: the browser gives the same key as SubjectPublicKeyInfo.
      authenticator_data: Buffer.concat([data, Buffer.alloc(16), length, id, Buffer.alloc(77)]).toString(
        'base64url',
      ),
      public_key: this.#publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
    };
  }

  get(ceremony: Ceremony): Assertion {
    const data = this.#data({ flags: 0x05, count: ++this.count, ...ceremony });
    const client_data = clientData({ type: 'webauthn.get', ...ceremony });
    const said = createHash('sha256').update(Buffer.from(client_data, 'base64url')).digest();
    const hash = this.#privateKey.asymmetricKeyType === 'ed25519' ? null : 'sha256';
    return {
      id: this.id,
      client_data,
      authenticator_data: data.toString('base64url'),
      signature: sign(hash, Buffer.concat([data, said]), this.#privateKey).toString('base64url'),
    };
  }

  #data({ rpId = 'prakat.example', flags = 0, count = this.count }: Ceremony): Buffer {
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags);
    tail.writeUInt32BE(count, 1);
    return Buffer.concat([createHash('sha256').update(rpId).digest(), tail]);
  }
}

function clientData({ type, challenge, origin = 'https://prakat.example', crossOrigin }: Ceremony): string {
  const said = { type, challenge, origin, ...(crossOrigin !== undefined && { crossOrigin }) };
  return Buffer.from(JSON.stringify(said)).toString('base64url');
}
