import type { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import type { Warnings } from '../health/warnings.ts';
import { isPressing, type MediaNeed } from '../media/media-need.ts';
import type { MediaPlan } from '../media/media-plan.ts';
import type { Clock, Log, Random } from '../ports.ts';

export const PREFETCH_TIMES = {
  /** 75,000 halls that got the same programme fetch 1 MB each within this: 21 files a second (DESIGN 7). */
  spread_ms: 3_600_000,
  /** Of the time that is left until a file is needed, so much may go by before it is asked for. */
  spread_share: 1 / 8,
  /** What plays within this time is fetched at once. */
  soon_ms: 15 * 60_000,
  /** One file may take so long, then the next has its turn: a bad file never blocks the rest. */
  file_ms: 10 * 60_000,
  /** The next round, when something came and more is to come. */
  next_ms: 60_000,
  again_ms: 3_600_000,
} as const;

export interface PrefetchNeeds {
  clock: Clock;
  random: Pick<Random, 'fraction'>;
  plan: () => Promise<MediaPlan>;
  /** Whether the month's data are enough for it. */
  allows: (need: MediaNeed) => boolean;
  /** Brings one file here; rejects when it could not, or when the signal gives it up. */
  fetch: (need: MediaNeed, signal: AbortSignal) => Promise<unknown>;
  warnings: Pick<Warnings, 'raise' | 'clear'>;
  log: Log;
}

/** Fetches sound and pictures ahead of time: one file after the other, as they are needed, spread over the halls. */
export class Prefetch {
  readonly #needs: PrefetchNeeds;
  /** When each file that is to come may be asked for, monotonic ms: drawn once, so that a flapping link draws no new lot. */
  readonly #lots = new Map<Sha256, number>();
  #round: AbortController | undefined;
  #cancelTimer: () => void = () => {};

  constructor(needs: PrefetchNeeds) {
    this.#needs = needs;
  }

  /** A programme changed, an order is to be held, or the line is up: begins anew with what is needed now. */
  begin(): void {
    this.stop();
    const round = new AbortController();
    this.#round = round;
    void this.#fetchAll(round.signal);
  }

  stop(): void {
    this.#cancelTimer();
    this.#round?.abort();
    this.#round = undefined;
  }

  async #fetchAll(round: AbortSignal): Promise<void> {
    const { log, clock } = this.#needs;
    const wait_ms = await this.#goThrough(round).catch((error: unknown) => {
      log.warn({ error }, 'what is to be fetched ahead could not be planned');
      return PREFETCH_TIMES.again_ms;
    });
    if (!round.aborted) this.#cancelTimer = clock.after(wait_ms, () => this.begin());
  }

  /** Resolves to how long until the next round, ms. */
  async #goThrough(round: AbortSignal): Promise<number> {
    const { plan, allows, clock } = this.#needs;
    const { fetch } = await plan();
    this.#drawLots(fetch);
    let [isProgress, isPressed] = [false, false];
    const missing: MediaNeed[] = [];
    for (const need of fetch) {
      if (round.aborted) return 0;
      if (this.#lotOf(need) > clock.monotonic() || !allows(need)) continue;
      const isHere = await this.#fetchOne(need, round);
      if (isHere) isProgress = true;
      else missing.push(need);
      isPressed ||= !isHere && isPressing(need, clock.wall());
    }
    if (round.aborted) return 0;
    this.#warn(missing, isPressed);
    const nextLot = Math.min(
      ...fetch.map((need) => this.#lotOf(need)).filter((at) => at > clock.monotonic()),
    );
    const again_ms = isProgress && missing.length > 0 ? PREFETCH_TIMES.next_ms : PREFETCH_TIMES.again_ms;
    return Math.min(again_ms, Math.ceil(nextLot - clock.monotonic()) + 1);
  }

  async #fetchOne(need: MediaNeed, round: AbortSignal): Promise<boolean> {
    const { clock, fetch, log } = this.#needs;
    const turn = new AbortController();
    const end = () => turn.abort();
    round.addEventListener('abort', end);
    const cancel = clock.after(PREFETCH_TIMES.file_ms, end);
    try {
      await fetch(need, turn.signal);
      this.#lots.delete(need.sha256);
      return true;
    } catch (error) {
      log.warn({ error, sha256: need.sha256 }, 'media could not be fetched ahead');
      return false;
    } finally {
      cancel();
      round.removeEventListener('abort', end);
    }
  }

  #drawLots(fetch: MediaNeed[]): void {
    const { clock, random } = this.#needs;
    const [now, monotonic] = [clock.wall(), clock.monotonic()];
    const wanted = new Set(fetch.map(({ sha256 }) => sha256));
    for (const sha256 of this.#lots.keys()) if (!wanted.has(sha256)) this.#lots.delete(sha256);
    // One lot for all that is new, so that they come in the order in which they are needed.
    const lot = random.fraction();
    for (const { sha256, dueMs, why } of fetch) {
      const left_ms = dueMs - now;
      const isSoon = why !== 'programme' || left_ms < PREFETCH_TIMES.soon_ms;
      const spread_ms = isSoon
        ? 0
        : Math.min(PREFETCH_TIMES.spread_ms, left_ms * PREFETCH_TIMES.spread_share);
      const at = monotonic + lot * spread_ms;
      this.#lots.set(sha256, Math.min(at, this.#lots.get(sha256) ?? at));
    }
  }

  #lotOf({ sha256 }: MediaNeed): number {
    return this.#lots.get(sha256) ?? 0;
  }

  #warn(missing: MediaNeed[], isPressed: boolean): void {
    const { warnings } = this.#needs;
    if (isPressed) warnings.raise('media-unreachable', `${missing.length} files, needed within a day`);
    else warnings.clear('media-unreachable');
  }
}
