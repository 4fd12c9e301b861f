import type { Clock, Random } from '../ports.ts';

export const PROOF_LIMITS = {
  /** To read the password from its paper and type it; not to go for lunch. */
  life_ms: 120_000,
  /** Nobody dispatches so many things at once; the oldest go first. */
  kept: 200,
} as const;

interface Proof {
  user: string;
  sha256: string;
  /** Monotonic ms. */
  until: number;
}

/**
 * One-time proofs that a person gave the password again, each for exactly one content. In memory: a restart of the
 * server makes them void.
 */
export class Proofs {
  readonly #kept = new Map<string, Proof>();
  readonly #clock: Pick<Clock, 'monotonic'>;
  readonly #random: Pick<Random, 'bytes'>;

  constructor(clock: Pick<Clock, 'monotonic'>, random: Pick<Random, 'bytes'>) {
    this.#clock = clock;
    this.#random = random;
  }

  make(user: string, sha256: string): string {
    const proof = Buffer.from(this.#random.bytes(32)).toString('base64url');
    this.#kept.set(proof, { user, sha256, until: this.#clock.monotonic() + PROOF_LIMITS.life_ms });
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > PROOF_LIMITS.kept && oldest !== undefined) this.#kept.delete(oldest);
    return proof;
  }

  /** Whether it is good for this person and content; it is used up by being shown, also where it is not. */
  use(proof: string, user: string, sha256: string): boolean {
    const kept = this.#kept.get(proof);
    this.#kept.delete(proof);
    return (
      kept !== undefined &&
      kept.user === user &&
      kept.sha256 === sha256 &&
      this.#clock.monotonic() < kept.until
    );
  }
}
