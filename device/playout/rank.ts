import { BANDS, type Output } from '../../firmware-protocol/content/band.ts';
import type { Item } from './arbiter-state.ts';
import { wasHeardOrSeen } from './evidence.ts';

/**
 * Whose turn comes first on an output (DESIGN 5, Priority): the higher band, within a band what was accepted earlier. Warnings stand on
 * a sign until they expire, for a day perhaps: there the newest comes first, and then they take turns, so that who walks past can read each of
 * them. A tower says one after the other.
 */
export function rankOn(output: Output): (a: Item, b: Item) => number {
  return (a, b) => b.play.band - a.play.band || (isStanding(output, a) ? byTurn(a, b) : a.n - b.n);
}

/** Who had no turn yet, the newest first; then whose last turn is longest ago. */
function byTurn(a: Item, b: Item): number {
  return (a.turn ?? 0) - (b.turn ?? 0) || b.n - a.n;
}

/** Whether `next` takes the output from what is on it. A warning that was read before waits for its turn. */
export function takesOver(output: Output, next: Item, onAir: Item): boolean {
  const isNew = next.n > onAir.n && !wasHeardOrSeen(next);
  const isNewest = next.play.band === onAir.play.band && isStanding(output, next) && isNew;
  return next.play.band > onAir.play.band || isNewest;
}

/** It stays until it is over, and has not been said when it has been shown once. */
export function isStanding(output: Output, { play }: Pick<Item, 'play'>): boolean {
  return output === 'panel' && play.band >= BANDS.alert && play.endsBy !== undefined;
}
