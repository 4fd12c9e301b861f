import type { MediaRef } from '../../firmware-protocol/content/announcement.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { occurrencesOf } from '../../firmware-protocol/content/resolver.ts';

/** How far ahead sound is fetched: what 30 days without a network need, and a day (DESIGN 5, Offline). */
export const MEDIA_AHEAD_MS = 31 * 24 * 3_600_000;

/** The sound that the programmes need within `aheadMs` of `now` (epoch ms), each once, the soonest first. */
export function mediaAhead(programmes: Programme[], now: number, aheadMs = MEDIA_AHEAD_MS): MediaRef[] {
  const refs = new Map<string, MediaRef>();
  for (const { entry } of occurrencesOf(programmes, now, now + aheadMs))
    for (const part of entry.announcement.tower?.parts ?? [])
      if (part.type === 'media' && !refs.has(part.sha256)) refs.set(part.sha256, part);
  return [...refs.values()];
}
