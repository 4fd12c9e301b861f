import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import {
  type Assertion,
  type NewCredential,
  PASSKEY_LIMITS,
} from '../../firmware-protocol/mqtt/passkey-requests.ts';
import { ServerError } from '../errors.ts';
import type { Clock, Random } from '../ports.ts';
import type { Database } from '../tables.ts';
import type { PasskeyRecord } from './passkey-table.ts';
import { challengeIn, isAskedHere, isSignedBy, keyOf, readAuthenticatorData, type Site } from './webauthn.ts';

export const CHALLENGE_LIMITS = {
  /** As long as a proof: to find the key on the key ring, not to go for lunch. */
  life_ms: 120_000,
  /** Nobody asks for so many at once; the oldest go first. */
  kept: 200,
} as const;

interface Challenge {
  user: string;
  /** Of the request that is to be proved; undefined = for a new passkey. */
  sha256: string | undefined;
  /** Monotonic ms. */
  until: number;
}

interface Needs {
  db: Pick<Database, 'passkeys' | 'transaction'>;
  clock: Pick<Clock, 'wall' | 'monotonic'>;
  random: Pick<Random, 'bytes'>;
  /** The address at which people open the server. */
  url: () => string;
}

/** Keys of people's own devices, which say in place of the password that it is they: for one request, never to log on. */
export class Passkeys {
  readonly #needs: Needs;
  readonly #challenges = new Map<string, Challenge>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  /** Undefined: browsers make none here, since they are bound to a name and come over TLS or from the same machine. */
  site(): Site | undefined {
    const { origin, hostname, protocol } = new URL(this.#needs.url());
    const isName = isIP(hostname.replace(/^\[|\]$/g, '')) === 0;
    return isName && (protocol === 'https:' || hostname === 'localhost')
      ? { origin, rpId: hostname }
      : undefined;
  }

  of(user: string): Promise<PasskeyRecord[]> {
    return this.#needs.db.passkeys.of(user);
  }

  /** What the browser is to sign: for one content, or for a new passkey. Good once. */
  challenge(user: string, sha256?: string): string {
    const nonce = this.#needs.random.bytes(32);
    // Bound to the content: what is signed cannot be shown for another one.
    const challenge = createHash('sha256')
      .update(nonce)
      .update(sha256 ?? '')
      .digest('base64url');
    const until = this.#needs.clock.monotonic() + CHALLENGE_LIMITS.life_ms;
    this.#challenges.set(challenge, { user, sha256, until });
    const [oldest] = this.#challenges.keys();
    if (this.#challenges.size > CHALLENGE_LIMITS.kept && oldest !== undefined)
      this.#challenges.delete(oldest);
    return challenge;
  }

  /** Rejects `passkey-unavailable`, `passkey-refused`, `passkeys-many`. */
  async add(user: string, title: string, credential: NewCredential): Promise<void> {
    const { db, clock } = this.#needs;
    const site = this.#siteOrThrow();
    const challenge = this.#taken(user, undefined, credential.client_data);
    const data = readAuthenticatorData(credential.authenticator_data, site);
    const isGood =
      challenge !== undefined &&
      isAskedHere(credential.client_data, { type: 'webauthn.create', challenge, site }) &&
      data?.id === credential.id &&
      keyOf(credential.public_key) !== undefined;
    if (!isGood) throw new ServerError('passkey-refused');
    await db.transaction(async ({ passkeys }) => {
      const own = await passkeys.of(user);
      if ((await passkeys.get(credential.id)) !== undefined) throw new ServerError('passkey-refused');
      if (own.length >= PASSKEY_LIMITS.ofOneAccount)
        throw new ServerError('passkeys-many', { context: { limit: PASSKEY_LIMITS.ofOneAccount } });
      const { id, public_key: publicKey } = credential;
      await passkeys.add({
        id,
        user,
        publicKey,
        count: data.count,
        title,
        madeAt: clock.wall(),
        usedAt: null,
      });
    });
  }

  async remove(user: string, id: string): Promise<void> {
    await this.#needs.db.passkeys.drop(user, id);
  }

  /** Whether this person's own device said yes to exactly this content, just now. */
  async proves(user: string, sha256: string, assertion: Assertion): Promise<boolean> {
    const { db, clock } = this.#needs;
    const site = this.#siteOrThrow();
    const challenge = this.#taken(user, sha256, assertion.client_data);
    const known = await db.passkeys.get(assertion.id);
    const key = known?.user === user ? keyOf(known.publicKey) : undefined;
    const data = readAuthenticatorData(assertion.authenticator_data, site);
    if (challenge === undefined || known === undefined || key === undefined || data === undefined)
      return false;
    // 7.2, step 21: a counter that does not go on is of a copy.
    const goesOn = data.count > known.count || (data.count === 0 && known.count === 0);
    const isGood =
      isAskedHere(assertion.client_data, { type: 'webauthn.get', challenge, site }) &&
      isSignedBy(key, assertion);
    if (!isGood || !goesOn) return false;
    await db.passkeys.used(known.id, data.count, clock.wall());
    return true;
  }

  /** The challenge that it answers, used up by that; undefined = none that was given to this person for this. */
  #taken(user: string, sha256: string | undefined, clientData: string): string | undefined {
    const challenge = challengeIn(clientData) ?? '';
    const given = this.#challenges.get(challenge);
    this.#challenges.delete(challenge);
    const isGood =
      given?.user === user && given.sha256 === sha256 && this.#needs.clock.monotonic() < given.until;
    return isGood ? challenge : undefined;
  }

  #siteOrThrow(): Site {
    const site = this.site();
    if (site === undefined) throw new ServerError('passkey-unavailable');
    return site;
  }
}
