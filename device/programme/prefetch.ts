import type { Programme } from '../../firmware-protocol/content/programme.ts';
import type { Clock, Log, Random } from '../ports.ts';
import { type FileRef, mediaAhead } from './media-ahead.ts';

export const PREFETCH_TIMES = {
  /** Halls that got the same programme at the same moment do not all fetch at once (DESIGN 7). */
  spread_ms: 5 * 60_000,
  /** What plays within this time is fetched without waiting for the spread. */
  soon_ms: 15 * 60_000,
  /** One file may take so long, then the next has its turn: a bad file never blocks the rest. */
  file_ms: 10 * 60_000,
  again_ms: 3_600_000,
} as const;

export interface PrefetchNeeds {
  clock: Clock;
  random: Pick<Random, 'fraction'>;
  programmes: () => Programme[];
  /** Brings one file here; rejects when it could not, or when the signal gives it up. */
  fetch: (media: FileRef, signal: AbortSignal) => Promise<unknown>;
  log: Log;
}

/** Fetches the sound and the pictures of the programmes ahead of time, one file after the other, the soonest first. */
export class Prefetch {
  readonly #needs: PrefetchNeeds;
  #round: AbortController | undefined;
  #cancelTimer: () => void = () => {};

  constructor(needs: PrefetchNeeds) {
    this.#needs = needs;
  }

  /** A programme changed or the line is up: begins anew, spread over some minutes unless something is due soon. */
  begin(): void {
    this.stop();
    const { clock, random, programmes } = this.#needs;
    const now = clock.wall();
    const isUrgent = mediaAhead(programmes(), now, PREFETCH_TIMES.soon_ms).length > 0;
    const wait_ms = isUrgent ? 0 : random.fraction() * PREFETCH_TIMES.spread_ms;
    this.#cancelTimer = clock.after(wait_ms, () => void this.#fetchAll());
  }

  stop(): void {
    this.#cancelTimer();
    this.#round?.abort();
    this.#round = undefined;
  }

  async #fetchAll(): Promise<void> {
    const { clock, programmes } = this.#needs;
    const round = new AbortController();
    this.#round = round;
    for (const media of mediaAhead(programmes(), clock.wall())) {
      if (round.signal.aborted) return;
      await this.#fetchOne(media, round.signal);
    }
    if (!round.signal.aborted)
      this.#cancelTimer = clock.after(PREFETCH_TIMES.again_ms, () => void this.#fetchAll());
  }

  async #fetchOne(media: FileRef, round: AbortSignal): Promise<void> {
    const { clock, fetch, log } = this.#needs;
    const turn = new AbortController();
    const cancel = clock.after(PREFETCH_TIMES.file_ms, () => turn.abort());
    try {
      await fetch(media, AbortSignal.any([round, turn.signal]));
    } catch (error) {
      log.warn({ error, sha256: media.sha256 }, 'media could not be fetched ahead');
    } finally {
      cancel();
    }
  }
}
