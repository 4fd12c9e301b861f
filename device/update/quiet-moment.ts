import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { occurrencesOf } from '../../firmware-protocol/content/resolver.ts';
import type { Playout } from '../playout/play.ts';
import type { Store } from '../ports.ts';
import { UPDATE_TIMES } from './update-times.ts';

export interface QuietNeeds {
  playout: Pick<Playout, 'now'>;
  store: Pick<Store, 'openClaims'>;
  programmes: () => Programme[];
  wall: () => number;
}

export type Busy = 'on-air' | 'waiting' | 'soon-due';

/**
 * Why the agent may not be stopped just now; undefined = nobody would miss it for a minute (F44). A play that is
 * accepted and not ended counts, whenever it starts: a live microphone and an order for tonight as well.
 */
export async function whyNotNow({ playout, store, programmes, wall }: QuietNeeds): Promise<Busy | undefined> {
  if (Object.keys(playout.now()).length > 0) return 'on-air';
  if ((await store.openClaims()).length > 0) return 'waiting';
  const now = wall();
  const due = occurrencesOf(programmes(), now, now + UPDATE_TIMES.before_due_ms);
  return due.length > 0 ? 'soon-due' : undefined;
}
