import { type DeviceId, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import type { KeptHall, RollUp } from './roll-up.ts';

/** How much of a village's code names its province, its district, its tambon, itself. */
const CODE_DIGITS = [2, 4, 6, 8];

/**
 * Shows each hall of these targets once; targets may overlap. Out of memory, in one walk over all halls, so that it costs a nation's 75,000
 * the same 40 ms whether one village or a thousand are named.
 */
export function seeTargeted(
  rollUp: Pick<RollUp, 'hall' | 'halls'>,
  to: readonly Target[],
  see: (hall: KeptHall) => void,
): void {
  const devices = new Set(to.map(deviceOf).filter((id) => id !== undefined));
  const areas = new Set(to.filter((target) => deviceOf(target) === undefined));
  if (areas.size === 0) {
    seeDevices(rollUp, devices, see);
    return;
  }
  const isMeant = areas.has('th')
    ? () => true
    : ({ id, village }: KeptHall) =>
        CODE_DIGITS.some((digits) => areas.has(village.slice(0, digits))) || devices.has(id);
  for (const hall of rollUp.halls()) if (isMeant(hall)) see(hall);
}

function seeDevices(
  rollUp: Pick<RollUp, 'hall'>,
  devices: ReadonlySet<DeviceId>,
  see: (hall: KeptHall) => void,
): void {
  for (const id of devices) {
    const hall = rollUp.hall(id);
    if (hall !== undefined) see(hall);
  }
}
