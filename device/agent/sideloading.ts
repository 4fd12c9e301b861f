import { signingKey } from '../../firmware-protocol/content/signature.ts';
import { reportWriter } from '../sideload/report-batches.ts';
import { Sideload } from '../sideload/sideload.ts';
import { StickWatch } from '../sideload/stick-watch.ts';
import type { Updater } from '../update/updater.ts';
import type { Judgement } from './judgement.ts';
import type { MediaUnit } from './media-unit.ts';
import type { BootParts } from './parts.ts';
import type { Records } from './records.ts';

/** What comes and goes by stick. */
export interface Sideloading {
  sideload: Sideload;
  watch: StickWatch;
}

export function createSideloading(
  parts: BootParts,
  { journal }: Records,
  { keyring, keySets, keeper, orders, prefetch }: Judgement,
  { room }: MediaUnit,
  releases: Updater | undefined,
): Sideloading {
  const { identity, clock, log, store, mediaStore, sticks } = parts;
  const { device, village, seed } = identity;
  const sideload = new Sideload({
    ...{
      device,
      village,
      sticks,
      keyring,
      keySets,
      keeper,
      orders,
      releases,
      store,
      mediaStore,
      room,
      journal,
      clock,
      log,
    },
    writeReports: reportWriter(device, signingKey(device, seed), store),
    changed: () => prefetch.begin(),
  });
  return { sideload, watch: new StickWatch({ sticks, sideload, clock, log }) };
}
