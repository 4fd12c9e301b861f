import { filesOf, type MediaRef, type PictureRef } from '../../firmware-protocol/content/announcement.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { occurrencesOf } from '../../firmware-protocol/content/resolver.ts';

export type FileRef = MediaRef | PictureRef;

/** How far ahead files are fetched: what 30 days without a network need, and a day (DESIGN 5, Offline). */
export const MEDIA_AHEAD_MS = 31 * 24 * 3_600_000;

/** The sound and the pictures that the programmes need within `aheadMs` of `now` (epoch ms), each once, the soonest first. */
export function mediaAhead(programmes: Programme[], now: number, aheadMs = MEDIA_AHEAD_MS): FileRef[] {
  const refs = new Map<string, FileRef>();
  for (const { entry } of occurrencesOf(programmes, now, now + aheadMs))
    for (const ref of filesOf(entry.announcement)) if (!refs.has(ref.sha256)) refs.set(ref.sha256, ref);
  return [...refs.values()];
}
