import { monotonicFactory } from 'ulid';
import type { Clock, Random } from '../ports.ts';

/** ULIDs for orders; within one millisecond each is higher than the last. */
export function orderIds(clock: Pick<Clock, 'wall'>, random: Pick<Random, 'fraction'>): () => string {
  const next = monotonicFactory(() => random.fraction());
  return () => next(clock.wall());
}
