import type { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Warnings } from '../health/warnings.ts';
import type { Clock, MediaStore } from '../ports.ts';
import { MEDIA_HORIZONS, type MediaNeed } from './media-need.ts';
import { type MediaPlan, planMedia, toEvict } from './media-plan.ts';

/** A file used so lately may be on air, or may be a download that goes on. */
const IN_USE_MS = 3_600_000;

export interface MediaRoomParts {
  store: Pick<MediaStore, 'held' | 'remove' | 'freeBytes'>;
  needs: () => Promise<MediaNeed[]>;
  clock: Pick<Clock, 'wall' | 'monotonic'>;
  warnings: Pick<Warnings, 'raise' | 'clear'>;
  limits: {
    /** Of the media folder. */
    bytes: number;
    /** What media leave free on the card. */
    free_bytes: number;
  };
}

/** Decides which files are to be here, and makes room for them. */
export class MediaRoom {
  readonly #parts: MediaRoomParts;
  /** Monotonic instant of the last use in this process. */
  readonly #used = new Map<Sha256, number>();

  constructor(parts: MediaRoomParts) {
    this.#parts = parts;
  }

  /** It is on air, or on its way here. */
  used(sha256: Sha256): void {
    this.#used.set(sha256, this.#parts.clock.monotonic());
  }

  /** What is needed, and what of it there is room for. Warns when the next week does not fit. Rejects as the store does. */
  async plan(): Promise<MediaPlan> {
    const { plan } = await this.#survey();
    this.#warn(plan);
    return plan;
  }

  /** Lets go of what is needed least until `bytes` more fit, or nothing is left that may go. Rejects as the store does. */
  async makeRoom(bytes: number): Promise<void> {
    const { held, plan, target } = await this.#survey();
    const monotonic = this.#parts.clock.monotonic();
    for (const [sha256, at] of this.#used) if (at < monotonic - IN_USE_MS) this.#used.delete(sha256);
    for (const name of toEvict(held, plan, target - bytes, (sha256) => this.#used.has(sha256)))
      await this.#parts.store.remove(name);
  }

  async #survey() {
    const { store, needs, clock, limits } = this.#parts;
    const [held, free, needed] = await Promise.all([store.held(), store.freeBytes(), needs()]);
    const taken = held.reduce((sum, { bytes }) => sum + bytes, 0);
    const card = free === undefined ? undefined : Math.max(0, taken + free - limits.free_bytes);
    const plan = planMedia(needed, held, { budget: limits.bytes, card }, clock.wall());
    return { held, plan, target: Math.min(limits.bytes, card ?? limits.bytes) };
  }

  #warn({ lacking, weekBytes }: MediaPlan): void {
    const { warnings } = this.#parts;
    const [first] = lacking;
    if (first === undefined) {
      warnings.clear('media-budget');
      return;
    }
    const lack = lacking.reduce((sum, { bytes }) => sum + bytes, 0);
    const days = MEDIA_HORIZONS.kept_ms / 86_400_000;
    warnings.raise(
      'media-budget',
      `${days} days need ${mb(weekBytes)} MB; ${mb(lack)} MB in ${lacking.length} files do not fit, due from ${instantOf(first.dueMs)}`,
    );
  }
}

function mb(bytes: number): string {
  return (bytes / 1_000_000).toFixed(1);
}
