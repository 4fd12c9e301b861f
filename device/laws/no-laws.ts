import { NO_LAWS } from '../../firmware-protocol/content/site-laws.ts';
import type { Clock } from '../ports.ts';
import { LawBook } from './law-book.ts';
import type { LawsInForce } from './laws-in-force.ts';

/** For whoever stands at the tower and answers for what sounds. */
export function noLaws(clock: Pick<Clock, 'wall'>): LawsInForce {
  const used = { today: () => new Map(), sounded: () => {} };
  return { book: new LawBook({ laws: NO_LAWS, used, clock, isTimeKnown: () => false }), used };
}
