import { BANDS, type Output } from '../../firmware-protocol/content/band.ts';
import type { Item } from './arbiter-state.ts';

/**
 * Whose turn comes first on an output (DESIGN 5, Priority): the higher band, within a band what was accepted earlier. A warning
 * stands on a sign until it expires, for a day perhaps: there the newest comes first, and those before it return after it. A
 * tower says one after the other.
 */
export function rankOn(output: Output): (a: Item, b: Item) => number {
  return (a, b) => b.play.band - a.play.band || (isStanding(output, a) ? b.n - a.n : a.n - b.n);
}

/** Whether `next` takes the output from what is on it. */
export function takesOver(output: Output, next: Item, onAir: Item): boolean {
  const isNewer = next.play.band === onAir.play.band && isStanding(output, next) && next.n > onAir.n;
  return next.play.band > onAir.play.band || isNewer;
}

/** It stays until it is over, and has not been said when it has been shown once. */
export function isStanding(output: Output, { play }: Item): boolean {
  return output === 'panel' && play.band >= BANDS.alert && play.endsBy !== undefined;
}
