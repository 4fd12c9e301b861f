import { type Claimed, refuseKey } from '../../firmware-protocol/content/key-set.ts';
import { publicKeyOf, type Signature, signatureOf } from '../../firmware-protocol/content/signature.ts';
import { ServerError } from '../errors.ts';
import type { Clock } from '../ports.ts';
import { type HeldKey, heldKeys } from './held-keys.ts';
import type { KeyedSigner, SecretReader } from './signer-port.ts';
import { claimsOf } from './what-it-says.ts';

/** Silence is signed also where it cannot be written down. */
const ALWAYS: ReadonlySet<string> = new Set(['stop', 'all-clear']);
/** One for each answer to a hall: thousands a minute, which say nothing to anybody else. */
const UNTOLD: ReadonlySet<string> = new Set(['receipt', 'time']);

interface Needs {
  secrets: SecretReader;
  training?: boolean;
  clock: Pick<Clock, 'wall'>;
  /** The signer's own book. Throws where it cannot write. */
  tell: (key: string, claims: Claimed, document: object) => void;
}

/** Holds private halves and keeps to their scopes: no key signs what halls would have to refuse, whoever asks. */
export class SignerDesk implements KeyedSigner {
  readonly #needs: Needs;
  #held: HeldKey[];
  #trusted: ReadonlySet<string> | undefined;

  private constructor(needs: Needs, held: HeldKey[]) {
    this.#needs = needs;
    this.#held = held;
  }

  /** Rejects `data-invalid` where the private halves cannot be read. */
  static async open(needs: Needs): Promise<SignerDesk> {
    return new SignerDesk(needs, await heldKeys(needs.secrets, needs.training));
  }

  async publics() {
    return this.#held.map(({ key }) => ({ id: key.id, public: publicKeyOf(key) }));
  }

  async trust(ids: readonly string[]): Promise<void> {
    this.#held = await heldKeys(this.#needs.secrets, this.#needs.training);
    this.#trusted = new Set(ids);
  }

  /** Rejects `signer-refused`: nothing that is signed here, or outside the scope of every key. */
  async sign<T extends object>(document: T): Promise<T & { signature: Signature }> {
    const { clock, tell } = this.#needs;
    const claims = claimsOf(document, clock.wall());
    if (claims === undefined) throw new ServerError('signer-refused', { context: { why: 'malformed' } });
    const { key } = this.#keyFor(claims);
    if (!UNTOLD.has(claims.use)) told(() => tell(key.id, claims, document), claims);
    return { ...document, signature: signatureOf(document, key) };
  }

  async close(): Promise<void> {}

  /** The newest that may. */
  #keyFor(claims: Claimed): HeldKey {
    const now = this.#needs.clock.wall();
    const usable = this.#held
      .filter(({ key, useFrom }) => useFrom <= now && (this.#trusted?.has(key.id) ?? true))
      .sort((one, other) => other.useFrom - one.useFrom);
    let why: string = 'unknown-key';
    for (const held of usable) {
      // Where a device stands, it knows best: it holds the areas of the key against its own village.
      const refusal = refuseKey(held.scope, claims, () => held.scope.areas[0]);
      if (refusal === undefined) return held;
      why = refusal;
    }
    throw new ServerError('signer-refused', { context: { why } });
  }
}

function told(write: () => void, { use }: Claimed): void {
  try {
    write();
  } catch (error) {
    if (!ALWAYS.has(use)) throw error;
  }
}
