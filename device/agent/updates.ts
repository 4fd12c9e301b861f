import type { MediaFetcher } from '../media/fetcher.ts';
import type { Playout } from '../playout/play.ts';
import { whyNotNow } from '../update/quiet-moment.ts';
import { Updater } from '../update/updater.ts';
import type { Judgement } from './judgement.ts';
import type { BootParts, OutputUnit } from './parts.ts';
import type { Records } from './records.ts';

/** Undefined = this agent is replaced by other hands: a clone, a simulation. */
export function createUpdates(
  parts: BootParts,
  { journal, warnings, refuse }: Records,
  { here, keeper }: Judgement,
  world: { playout: Playout; media: MediaFetcher; units: OutputUnit[]; linked: () => boolean },
): Updater | undefined {
  const { update, store, clock, log, version } = parts;
  if (update === undefined) return undefined;
  const { playout, media, units, linked } = world;
  return new Updater({
    ...{ ...update, version, here, store, journal, warnings, clock, log, refuse, linked },
    fetch: (sha256, bytes, signal) => media.ensure(sha256, bytes, signal, 'ahead'),
    held: (sha256) => parts.mediaStore.path(sha256),
    whyNotNow: () =>
      whyNotNow({ playout, store, programmes: () => keeper.programmes, wall: () => clock.wall() }),
    outputs: () =>
      units.flatMap(({ performer, works }) =>
        performer !== undefined && (works?.() ?? performer.works()) ? [performer.output] : [],
      ),
  });
}
