import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { DataMonth } from '../media/data-month.ts';
import { MediaFetcher } from '../media/fetcher.ts';
import { mediaNeeds, rememberedStarts } from '../media/media-need.ts';
import { MediaRoom } from '../media/media-room.ts';
import { knowsTheTime } from '../orders/here.ts';
import { heldPlays } from './held-plays.ts';
import type { BootParts } from './parts.ts';
import type { Records } from './records.ts';

/** The hall's files: what comes, what stays, and what it may cost. */
export interface MediaUnit {
  fetcher: MediaFetcher;
  room: MediaRoom;
  month: DataMonth;
}

export function createMedia(
  parts: BootParts,
  { warnings, failed }: Records,
  programmes: () => Programme[],
): MediaUnit {
  const { clock, random, log, store, mediaStore, mediaSource } = parts;
  const { bytes, free_bytes, month_bytes, bytes_per_second } = parts.media;
  const held = heldPlays(store, programmes);
  const nextStart = rememberedStarts();
  const room = new MediaRoom({
    ...{ clock, warnings, store: mediaStore, limits: { bytes, free_bytes } },
    needs: async () => mediaNeeds(programmes(), await held(), clock.wall(), nextStart),
  });
  const isTimeKnown = () => knowsTheTime({ trust: clock.trust() });
  const month = new DataMonth({ store, clock, isTimeKnown, limitBytes: month_bytes, warnings, failed });
  const fetcher = new MediaFetcher({
    ...{ clock, random, log, room, month, warnings },
    store: mediaStore,
    spare: parts.spareMedia,
    source: mediaSource,
    aheadBytesPerSecond: bytes_per_second,
  });
  return { fetcher, room, month };
}
