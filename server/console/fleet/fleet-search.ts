import {
  HALL_FILTERS,
  HALL_SORTS,
  type HallFilter,
  type HallSort,
} from '../../../firmware-protocol/mqtt/hall-list.ts';

/** What the list of halls shows; it stands in the address, so that a view can be sent to a colleague. */
export interface FleetSearch {
  area: string;
  q: string;
  only: HallFilter[];
  sort: HallSort;
  descending: boolean;
}

const AREA = /^(th|[1-9]\d(\d{2}){0,3})$/;

/** What an address says; what it says wrong is as if it were not there. `home`: the area of the account. */
export function readFleet(raw: Readonly<Record<string, unknown>>, home: string): FleetSearch {
  const area = String(raw.area ?? home);
  const only = String(raw.only ?? '').split('.');
  return {
    area: AREA.test(area) ? area : home,
    q: raw.q === undefined ? '' : String(raw.q),
    only: HALL_FILTERS.filter((filter) => only.includes(filter)),
    sort: HALL_SORTS.find((sort) => sort === raw.sort) ?? 'village',
    descending: raw.descending === true,
  };
}

/** The address of a view, without what goes without saying. */
export function writeFleet(
  { area, q, only, sort, descending }: FleetSearch,
  home: string,
): Record<string, unknown> {
  return {
    // A number: text of digits would stand in quotes.
    ...(area !== home && { area: area === 'th' ? area : Number(area) }),
    ...(q !== '' && { q }),
    ...(only.length > 0 && { only: only.join('.') }),
    ...(sort !== 'village' && { sort }),
    ...(descending && { descending }),
  };
}

/** Where an account begins to look: at its own area, or at all of several. */
export function homeOf(areas: readonly string[]): string {
  return areas.length === 1 ? (areas[0] ?? 'th') : 'th';
}
