import type { Store } from '../ports.ts';
import type { Tries } from './next-step.ts';
import { UPDATE_TIMES } from './update-times.ts';

const FACT = 'update-tries';
/** Versions remembered; older ones are below the floor by then. */
const KEPT = 8;

/** How often which version was tried. A store that was lost gives every version its tries again: bounded, and rare. */
export class TriesBook {
  readonly #store: Pick<Store, 'fact' | 'commit'>;
  #tries: [version: string, tries: Tries][] = [];

  constructor(store: Pick<Store, 'fact' | 'commit'>) {
    this.#store = store;
  }

  async load(): Promise<void> {
    this.#tries = triesIn(await this.#store.fact(FACT));
  }

  of(version: string): Tries {
    return this.#tries.find(([name]) => name === version)?.[1] ?? { count: 0, notBefore: 0 };
  }

  /** One more try of the version begins, or failed: the next after a day, two, four. Durable on resolve. */
  async count(version: string, now: number): Promise<void> {
    const count = this.of(version).count + 1;
    await this.#write(version, { count, notBefore: now + UPDATE_TIMES.again_ms * 2 ** (count - 1) });
  }

  async #write(version: string, tries: Tries): Promise<void> {
    const others = this.#tries.filter(([name]) => name !== version);
    const next: [string, Tries][] = [...others, [version, tries] as [string, Tries]].slice(-KEPT);
    await this.#store.commit({ facts: { [FACT]: JSON.stringify(next) } });
    this.#tries = next;
  }
}

/** Whatever is not what we wrote counts as nothing. */
function triesIn(text: string | undefined): [string, Tries][] {
  try {
    const rows: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(rows) ? rows.flatMap((row: unknown) => rowOf(row)) : [];
  } catch {
    return [];
  }
}

function rowOf(row: unknown): [string, Tries][] {
  if (!Array.isArray(row)) return [];
  const [version, tries]: unknown[] = row;
  if (typeof version !== 'string' || typeof tries !== 'object' || tries === null) return [];
  const { count, notBefore } = tries as Record<string, unknown>;
  return Number.isSafeInteger(count) && Number.isSafeInteger(notBefore)
    ? [[version, { count: Number(count), notBefore: Number(notBefore) }]]
    : [];
}
