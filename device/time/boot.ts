import type { Random, Store } from '../ports.ts';

/** One start of the agent. */
export interface Boot {
  /** Counts up by one at each start, never down. */
  number: number;
  /** New at each start; a live order quotes it while the clock is not trusted (DESIGN 5, Time). */
  nonce: string;
  /** Whether the start before ended by itself, not by a power cut or a kill. */
  clean: boolean;
}

/** Counts this start, durably. Rejects as `Store.commit`. */
export async function beginBoot(
  store: Pick<Store, 'fact' | 'commit'>,
  random: Pick<Random, 'bytes'>,
): Promise<Boot> {
  const last = countOf(await store.fact('boot'));
  const clean = last === 0 || countOf(await store.fact('clean-boot')) === last;
  const number = last + 1;
  await store.commit({ facts: { boot: String(number) } });
  return { number, nonce: Buffer.from(random.bytes(16)).toString('base64url'), clean };
}

/** The last thing before a wanted end. */
export async function endBoot(store: Pick<Store, 'commit'>, boot: Boot): Promise<void> {
  await store.commit({ facts: { 'clean-boot': String(boot.number) } });
}

function countOf(fact: string | undefined): number {
  const count = Number(fact ?? 0);
  return Number.isSafeInteger(count) && count >= 0 ? count : 0;
}
