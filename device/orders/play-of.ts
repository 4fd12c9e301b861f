import { outputsOf } from '../../firmware-protocol/content/announcement.ts';
import { BANDS } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Order, PlayOrder } from '../../firmware-protocol/content/order.ts';
import type { Play } from '../playout/play.ts';
import { lifeOf } from './gate.ts';
import { type Here, knowsTheTime } from './here.ts';

/** The play an order asks for, on the outputs it both names and has something for; none = it says nothing. */
export function playOf(order: PlayOrder, latestStart: number): Play {
  const { announcement } = order;
  return {
    id: order.id,
    band: order.band,
    announcement,
    outputs: [...new Set(outputsOf(order))],
    ...(order.start_at === undefined ? {} : { startAt: epochMsOf(order.start_at) }),
    latestStart,
    ...(order.band >= BANDS.alert && { endsBy: latestStart }),
    whenCut: 'resume',
  };
}

/**
 * Epoch ms by which the order must have begun, and until which its id is remembered. A clock that is not known may be
 * ahead of the sender's: then the order lives its length from now.
 */
export function lastMomentOf(order: Order, here: Pick<Here, 'now' | 'trust'>): number {
  const expires = epochMsOf(order.expires_at);
  return knowsTheTime(here) ? expires : Math.max(expires, here.now + lifeOf(order));
}
