import type { AreaCode, DeviceId } from '../../firmware-protocol/content/area.ts';
import type { KeySet } from '../../firmware-protocol/content/key-set.ts';
import type { ClockTrust } from '../../firmware-protocol/content/report.ts';

/** What a device knows about itself at the moment it judges a document. */
export interface Here {
  device: DeviceId;
  village: AreaCode;
  keys: KeySet;
  /** Wall clock, epoch ms. */
  now: number;
  trust: ClockTrust;
  /** New at each boot; who quotes it has spoken to this boot. */
  bootNonce: string;
}

/** Whether the wall clock may decide (DESIGN 5, Time). */
export function knowsTheTime(here: { trust: ClockTrust }): boolean {
  return here.trust === 'server' || here.trust === 'full';
}
