import { BANDS } from '../../firmware-protocol/content/band.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { HeldPlay } from '../media/media-need.ts';
import { keptOrder } from '../orders/kept-order.ts';
import { playOf } from '../orders/play-of.ts';
import type { Claim, Store } from '../ports.ts';
import { findOccurrence } from '../programme/occurrence-play.ts';

/** What was accepted and has not ended, with what it says; while the store cannot be asked, as it was last known. */
export function heldPlays(
  store: Pick<Store, 'openClaims'>,
  programmes: () => Programme[],
): () => Promise<HeldPlay[]> {
  let known: HeldPlay[] = [];
  return async () => {
    const claims = await store.openClaims().catch(() => undefined);
    if (claims !== undefined) known = claims.flatMap((claim) => heldPlay(claim, programmes()));
    return known;
  };
}

function heldPlay(claim: Claim, programmes: Programme[]): HeldPlay[] {
  const order = keptOrder(claim.document);
  if (order !== undefined) {
    const play = playOf(order, claim.keep_until);
    return [{ ...play, why: play.band === BANDS.alert ? 'alert' : 'order' }];
  }
  const occurrence = findOccurrence(programmes, claim.play);
  if (occurrence === undefined) return [];
  return [{ announcement: occurrence.entry.announcement, startAt: occurrence.startMs, why: 'programme' }];
}
