import { filesOf, type Sha256 } from '../../firmware-protocol/content/announcement.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme, ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import { newestOfEachArea, nextStartOf } from '../../firmware-protocol/content/resolver.ts';
import type { Play } from '../playout/play.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** How far a hall looks ahead for its sound and pictures, ms. */
export const MEDIA_HORIZONS = {
  /** Files are fetched for what 30 days without a network need, and a day (DESIGN 5, Offline). */
  ahead_ms: 31 * DAY_MS,
  /** What plays within it is never let go of while it fits: a week is what a link that is being repaired takes. */
  kept_ms: 7 * DAY_MS,
  /** What plays within it is fetched also when the month's data is used up, or the card is nearly full. */
  pressing_ms: DAY_MS,
} as const;

/** A file that something accepted names, and when it is needed first. */
export interface MediaNeed {
  sha256: Sha256;
  bytes: number;
  why: 'alert' | 'order' | 'programme';
  /** Epoch ms; in the past for what is on air. */
  dueMs: number;
}

/** What was accepted and has not ended: an order that waits for its instant, whatever is on air. */
export type HeldPlay = Pick<Play, 'announcement' | 'startAt'> & { why: MediaNeed['why'] };

/** The first start of an entry from `fromMs` up to, not including, `toMs`, epoch ms. */
type NextStart = typeof nextStartOf;

/**
 * Remembers the next start of each entry until it is past: 2,500 entries are worked out in 60 to 330 ms on a fast machine, too
 * long to do before each file. That an entry does not come within the horizon is asked anew each hour.
 */
export function rememberedStarts(): NextStart {
  const known = new WeakMap<ProgrammeEntry, { askedMs: number; dueMs: number | undefined }>();
  return (entry, fromMs, toMs) => {
    let found = known.get(entry);
    if (found === undefined || fromMs < found.askedMs || fromMs > (found.dueMs ?? found.askedMs + HOUR_MS)) {
      found = { askedMs: fromMs, dueMs: nextStartOf(entry, fromMs, fromMs + MEDIA_HORIZONS.ahead_ms) };
      known.set(entry, found);
    }
    return found.dueMs !== undefined && found.dueMs < toMs ? found.dueMs : undefined;
  };
}

/** Each file once, in the order in which they are needed: alerts first, then by their instant. */
export function mediaNeeds(
  programmes: Programme[],
  held: HeldPlay[],
  now: number,
  nextStart: NextStart = nextStartOf,
): MediaNeed[] {
  const needs = [...held.flatMap((each) => needsOfPlay(each, now)), ...needsOf(programmes, now, nextStart)];
  const first = new Map<Sha256, MediaNeed>();
  for (const need of needs.sort(byNeed)) if (!first.has(need.sha256)) first.set(need.sha256, need);
  return [...first.values()];
}

/** Whether it is needed so soon that no budget but the card itself stands against it. */
export function isPressing({ why, dueMs }: MediaNeed, now: number): boolean {
  return why === 'alert' || dueMs < now + MEDIA_HORIZONS.pressing_ms;
}

function needsOfPlay({ announcement, startAt = 0, why }: HeldPlay, now: number): MediaNeed[] {
  const dueMs = Math.max(startAt, now);
  return filesOf(announcement).map(({ sha256, bytes }) => ({ sha256, bytes, why, dueMs }));
}

function needsOf(programmes: Programme[], fromMs: number, nextStart: NextStart): MediaNeed[] {
  return newestOfEachArea(programmes).flatMap(({ entries, valid_until }) => {
    const untilMs = Math.min(fromMs + MEDIA_HORIZONS.ahead_ms, epochMsOf(valid_until));
    return entries.flatMap((entry) => {
      const files = filesOf(entry.announcement);
      const dueMs = files.length === 0 ? undefined : nextStart(entry, fromMs, untilMs);
      if (dueMs === undefined) return [];
      return files.map(({ sha256, bytes }): MediaNeed => ({ sha256, bytes, why: 'programme', dueMs }));
    });
  });
}

function byNeed(a: MediaNeed, b: MediaNeed): number {
  return Number(b.why === 'alert') - Number(a.why === 'alert') || a.dueMs - b.dueMs;
}
