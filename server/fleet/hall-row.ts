import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type { HallRow } from '../../firmware-protocol/mqtt/hall-requests.ts';
import type { DeviceRecord } from '../tables.ts';

/** A hall as a list shows it. */
export function hallRowOf({ id, village, name, presence, seenAt, state, copiedAt }: DeviceRecord): HallRow {
  return {
    ...{ device: id, village, name },
    ...(presence !== null && { presence: presence.state }),
    ...(seenAt !== null && { seen_at: instantOf(seenAt) }),
    ...(state !== null && { trust: state.trust, version: state.version }),
    outputs: state?.outputs ?? {},
    warnings: state?.warnings ?? [],
    ...(copiedAt !== null && { copied_since: instantOf(copiedAt) }),
  };
}
