import { MEDIA_HORIZONS } from '../../media/media-need.ts';
import type { MediaPlan } from '../../media/media-plan.ts';

/** The files that the next seven days need. */
export interface MediaSeen {
  weekFiles: number;
  weekBytes: number;
  /** Not here, whether they are to come or have no room. */
  weekMissing: number;
  /** When the first of them is needed, epoch ms. */
  firstMissingMs?: number;
}

export function mediaSeen({ fetch, lacking, due, weekBytes }: MediaPlan, now: number): MediaSeen {
  const until = now + MEDIA_HORIZONS.kept_ms;
  const missing = new Map(
    [...fetch, ...lacking]
      .filter(({ why, dueMs }) => why === 'alert' || dueMs < until)
      .map(({ sha256, dueMs }) => [sha256, dueMs]),
  );
  return {
    weekFiles: [...due.values()].filter((dueMs) => dueMs < until).length,
    weekBytes,
    weekMissing: missing.size,
    ...(missing.size > 0 && { firstMissingMs: Math.min(...missing.values()) }),
  };
}
