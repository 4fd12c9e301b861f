import type { Journal, Store } from '../ports.ts';
import { ISSUED_AHEAD_MS } from './gate.ts';

/** Facts, epoch ms: what was issued before counts as stopped, or as heard. */
const MARKS = ['stopped-everything', 'forgot-before'] as const;

/** A mark as it may stand where it is known to be `now`: until one that lies ahead nothing would be taken, whoever signed it. */
export function broughtBack(mark: number, now: number): number {
  return mark > now + ISSUED_AHEAD_MS ? now : mark;
}

/**
 * A clock that was years ahead as the store was lost, or a stop that somebody signed for then and that a hall took before it knew the
 * time, would keep it from every order until then. Rejects as `Journal.record`.
 */
export async function bringBackMarks(
  { store, journal }: { store: Pick<Store, 'fact'>; journal: Journal },
  now: number,
): Promise<void> {
  const facts: Record<string, string> = {};
  for (const name of MARKS) {
    const mark = Number((await store.fact(name)) ?? 0);
    if (broughtBack(mark, now) !== mark) facts[name] = String(now);
  }
  if (Object.keys(facts).length > 0) await journal.record([], { facts });
}
