import type { Sha256 } from '../../firmware-protocol/content/announcement.ts';
import type { HeldMedia } from '../ports.ts';
import { isPressing, MEDIA_HORIZONS, type MediaNeed } from './media-need.ts';

/** The room there is for media, bytes. */
export interface MediaRoomSize {
  /** Of the media folder; nothing but an alert goes beyond it. */
  budget: number;
  /** What media may take so that the rest of the card stays free; undefined = the card cannot say. */
  card: number | undefined;
}

export interface MediaPlan {
  /** What is to be here, of all that is needed. */
  keep: ReadonlySet<Sha256>;
  /** Of these, what is needed within a week: it is not let go of. */
  hold: ReadonlySet<Sha256>;
  /** What is to come, in the order in which it is needed. */
  fetch: MediaNeed[];
  /** Files of the next week that there is no room for. */
  lacking: MediaNeed[];
  /** What the next week needs, bytes. */
  weekBytes: number;
  /** When each file is needed first, epoch ms. */
  due: ReadonlyMap<Sha256, number>;
}

/** Chooses in order of need: what comes sooner is never given up for what comes later. */
export function planMedia(
  needs: MediaNeed[],
  held: HeldMedia[],
  room: MediaRoomSize,
  now: number,
): MediaPlan {
  const here = new Set(held.filter(({ isWhole }) => isWhole).map(({ sha256 }) => sha256));
  const keep = new Set<Sha256>();
  const hold = new Set<Sha256>();
  const lacking: MediaNeed[] = [];
  let [taken, weekBytes] = [0, 0];
  for (const need of needs) {
    const isThisWeek = need.why === 'alert' || need.dueMs < now + MEDIA_HORIZONS.kept_ms;
    if (isThisWeek) weekBytes += need.bytes;
    if (taken + need.bytes <= limitFor(need, isThisWeek && here.has(need.sha256), room, now)) {
      taken += need.bytes;
      keep.add(need.sha256);
      if (isThisWeek) hold.add(need.sha256);
    } else if (isThisWeek) lacking.push(need);
  }
  const fetch = needs.filter(({ sha256 }) => keep.has(sha256) && !here.has(sha256));
  const due = new Map(needs.map(({ sha256, dueMs }) => [sha256, dueMs]));
  return { keep, hold, fetch, lacking, weekBytes, due };
}

/** Up to how many bytes, all told, this file may still be taken; a card that fills up takes nothing of this week away. */
function limitFor(need: MediaNeed, isHeld: boolean, { budget, card }: MediaRoomSize, now: number): number {
  if (need.why === 'alert') return Number.POSITIVE_INFINITY;
  return isHeld || isPressing(need, now) ? budget : Math.min(budget, card ?? budget);
}

/**
 * Names of the files that go so that the rest takes at most `targetBytes`: first what nobody needs, least recently used
 * first; then what there was no room for, and what is needed later than in a week, the latest first. What `plan` holds,
 * and what is in use, stays whatever the target.
 */
export function toEvict(
  held: HeldMedia[],
  plan: MediaPlan,
  targetBytes: number,
  isInUse: (sha256: Sha256) => boolean,
): string[] {
  let bytes = held.reduce((sum, file) => sum + file.bytes, 0);
  const evicted: string[] = [];
  for (const file of [...held].sort(leastNeededFirst(plan))) {
    if (bytes <= targetBytes) break;
    if (plan.hold.has(file.sha256) || isInUse(file.sha256)) continue;
    bytes -= file.bytes;
    evicted.push(file.name);
  }
  return evicted;
}

function leastNeededFirst({ keep, due }: MediaPlan): (a: HeldMedia, b: HeldMedia) => number {
  const rank = ({ sha256 }: HeldMedia) => (keep.has(sha256) ? 2 : due.has(sha256) ? 1 : 0);
  const dueOf = ({ sha256 }: HeldMedia) => due.get(sha256) ?? 0;
  return (a, b) => rank(a) - rank(b) || dueOf(b) - dueOf(a) || a.usedAt - b.usedAt;
}
