import { canonicalJson } from '../../firmware-protocol/content/canonical-json.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { Occurrence } from '../../firmware-protocol/content/resolver.ts';
import type { Playout } from '../playout/play.ts';
import type { Store } from '../ports.ts';
import { findOccurrence, playOfOccurrence } from './occurrence-play.ts';

/**
 * Occurrences that were handed over and may not have begun. When the programme drops or changes one while it waits it
 * is withdrawn; what is already heard or seen goes on to its end (xibo#3752: deleted events that keep playing).
 */
export class WaitingPlays {
  readonly #store: Store;
  readonly #playout: Playout;
  readonly #waiting = new Map<string, Occurrence>();

  constructor(store: Store, playout: Playout) {
    this.#store = store;
    this.#playout = playout;
  }

  add(occurrence: Occurrence): void {
    this.#waiting.set(occurrence.id, occurrence);
  }

  /** Forgets those that have begun or expired by `now`, epoch ms. */
  forgetBefore(now: number): void {
    for (const { id, latestStartMs } of this.#waiting.values())
      if (latestStartMs < now) this.#waiting.delete(id);
  }

  /** Withdraws what `programmes` no longer say in the same words. */
  async withdrawUnless(programmes: Programme[]): Promise<void> {
    for (const occurrence of [...this.#waiting.values()]) {
      if (isStillSaid(programmes, occurrence) || (await this.#hasBegun(occurrence))) continue;
      this.#waiting.delete(occurrence.id);
      await this.#playout.stop(occurrence.id, `programme/${occurrence.area}`);
    }
  }

  async #hasBegun({ id, entry }: Occurrence): Promise<boolean> {
    const claims = await Promise.all(entry.outputs.map((output) => this.#store.claim(id, output)));
    return claims.some((claim) => claim !== undefined && claim.state !== 'accepted');
  }
}

function isStillSaid(programmes: Programme[], occurrence: Occurrence): boolean {
  const now = findOccurrence(programmes, occurrence.id);
  return now !== undefined && wordsOf(now) === wordsOf(occurrence);
}

/** All that is heard, seen or decided by it; the dates of its other occurrences may change. */
function wordsOf(occurrence: Occurrence): string {
  return canonicalJson(playOfOccurrence(occurrence));
}
