import type { Target } from '../../firmware-protocol/content/area.ts';
import type { Output } from '../../firmware-protocol/content/band.ts';
import type { SignFace } from '../../firmware-protocol/mqtt/sign-screen.ts';
import type { StandingTable } from '../areas/place-records.ts';
import type { Clock } from '../ports.ts';

const COUNT_LIMITS = {
  /** Signs are hung up and taken down by people; who types asks several times a second, and the country takes a tenth of one. */
  keep_ms: 30_000,
  /** Sets of targets. */
  kept: 100,
} as const;

export interface SignCount {
  signs: { face: SignFace | undefined; devices: number }[];
  outputs: { outputs: Output[] | undefined; devices: number }[];
}

interface Needs {
  standings: Pick<StandingTable, 'signsOf' | 'countByOutputs'>;
  clock: Pick<Clock, 'monotonic'>;
}

/** Which signs some halls have, counted once for who goes on typing. */
export class SignCounts {
  readonly #needs: Needs;
  readonly #kept = new Map<string, { at: number; count: Promise<SignCount> }>();

  constructor(needs: Needs) {
    this.#needs = needs;
  }

  of(to: readonly Target[]): Promise<SignCount> {
    const now = this.#needs.clock.monotonic();
    const key = JSON.stringify(to);
    const kept = this.#kept.get(key);
    if (kept !== undefined && now - kept.at < COUNT_LIMITS.keep_ms) return kept.count;
    const count = this.#count(to);
    this.#kept.delete(key);
    this.#kept.set(key, { at: now, count });
    count.catch(() => this.#kept.delete(key));
    for (const oldest of this.#kept.keys()) {
      if (this.#kept.size <= COUNT_LIMITS.kept) break;
      this.#kept.delete(oldest);
    }
    return count;
  }

  async #count(to: readonly Target[]): Promise<SignCount> {
    const { standings } = this.#needs;
    const [signs, outputs] = await Promise.all([standings.signsOf(to), standings.countByOutputs(to)]);
    return { signs, outputs };
  }
}
