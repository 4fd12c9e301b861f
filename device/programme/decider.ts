import type { Occurrence } from '../../firmware-protocol/content/resolver.ts';
import { ended } from '../orders/ended.ts';
import type { Claim, Journal, Store } from '../ports.ts';
import { playOfOccurrence } from './occurrence-play.ts';

/** Occurrences decided in one commit: a week that was missed is no burst on the disk either. */
const BATCH = 50;

export interface DeciderNeeds {
  boot: number;
  store: Store;
  journal: Journal;
}

/** Decides due occurrences durably, each once: what is in time is claimed, what is late is reported expired. */
export class Decider {
  readonly #needs: DeciderNeeds;

  constructor(needs: DeciderNeeds) {
    this.#needs = needs;
  }

  /**
   * Calls `claimed` for each that may play, after its claim is durable. `due` is in order of starts; with each batch
   * the facts `through` its last start are committed, so that a power cut goes on with the next. Rejects with DeviceError; then the rest is undecided and comes again.
   */
  async decide(
    due: Occurrence[],
    now: number,
    through: (startMs: number) => Record<string, string>,
    claimed: (occurrence: Occurrence) => void,
  ): Promise<void> {
    for (let next = 0; next < due.length; next += BATCH) {
      const batch = due.slice(next, next + BATCH);
      const fresh = await this.#unclaimed(batch);
      if (fresh.length === 0) continue;
      const late = fresh.filter(({ latestStartMs }) => latestStartMs < now);
      const timely = fresh.filter(({ latestStartMs }) => latestStartMs >= now);
      await this.#needs.journal.record(
        late.flatMap((each) =>
          outputsIn(each).map((output) => ended(each.id, output, 'expired', now, 'late')),
        ),
        {
          claims: [
            ...late.flatMap((each) => this.#claims(each, now, { state: 'ended', outcome: 'expired' })),
            ...timely.flatMap((each) => this.#claims(each, now, { state: 'accepted' })),
          ],
          facts: through(batch.at(-1)?.startMs ?? now),
        },
      );
      timely.forEach(claimed);
    }
  }

  async #unclaimed(due: Occurrence[]): Promise<Occurrence[]> {
    const fresh: Occurrence[] = [];
    for (const each of due) if (!(await this.#isClaimed(each))) fresh.push(each);
    return fresh;
  }

  async #isClaimed(occurrence: Occurrence): Promise<boolean> {
    for (const output of outputsIn(occurrence))
      if ((await this.#needs.store.claim(occurrence.id, output)) !== undefined) return true;
    return false;
  }

  #claims(occurrence: Occurrence, now: number, state: Pick<Claim, 'state' | 'outcome'>): Claim[] {
    return outputsIn(occurrence).map((output) => ({
      play: occurrence.id,
      output,
      boot: this.#needs.boot,
      at: now,
      keep_until: occurrence.latestStartMs,
      ...state,
    }));
  }
}

function outputsIn(occurrence: Occurrence): Claim['output'][] {
  return playOfOccurrence(occurrence).outputs;
}
