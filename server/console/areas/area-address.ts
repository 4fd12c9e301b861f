import type { AreaCode } from '../../../firmware-protocol/content/area.ts';

/** The area that a room looks at, in the address. */

const AREA = /^(th|[1-9]\d(\d{2}){0,3})$/;

/** What an address says; what it says wrong, or not at all, is the home of the account. */
export function readArea(raw: Readonly<Record<string, unknown>>, home: AreaCode): AreaCode {
  const area = String(raw.area ?? home);
  return AREA.test(area) ? area : home;
}

/** For the address: a number, for text of digits would stand in quotes; nothing for what goes without saying. */
export function writeArea(area: AreaCode, home: AreaCode): Record<string, unknown> {
  return area === home ? {} : { area: area === 'th' ? area : Number(area) };
}

/** Where an account begins to look: at its own area, or at all of several. */
export function homeOf(areas: readonly AreaCode[]): AreaCode {
  return areas.length === 1 ? (areas[0] ?? 'th') : 'th';
}
