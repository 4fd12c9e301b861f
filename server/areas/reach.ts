import { type AreaCode, contains } from '../../firmware-protocol/content/area.ts';

/** Whether somebody whose areas are `areas` may speak to, or look into, `area`. */
export function mayReach(areas: readonly AreaCode[], area: AreaCode): boolean {
  return areas.some((outer) => contains(outer, area));
}
