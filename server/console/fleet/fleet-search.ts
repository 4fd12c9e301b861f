import {
  HALL_FILTERS,
  HALL_SORTS,
  type HallFilter,
  type HallSort,
} from '../../../firmware-protocol/mqtt/hall-list.ts';
import { readArea, writeArea } from '../areas/area-address.ts';
import { MAP_COLORINGS, type MapColoring } from '../areas/map-scale.ts';

/** What the list of halls shows; it stands in the address, so that a view can be sent to a colleague. */
export interface FleetSearch {
  area: string;
  q: string;
  only: HallFilter[];
  sort: HallSort;
  descending: boolean;
  /** What the map is coloured by. */
  map: MapColoring;
}

/** What an address says; what it says wrong is as if it were not there. `home`: the area of the account. */
export function readFleet(raw: Readonly<Record<string, unknown>>, home: string): FleetSearch {
  const only = String(raw.only ?? '').split('.');
  return {
    area: readArea(raw, home),
    q: raw.q === undefined ? '' : String(raw.q),
    only: HALL_FILTERS.filter((filter) => only.includes(filter)),
    sort: HALL_SORTS.find((sort) => sort === raw.sort) ?? 'village',
    descending: raw.descending === true,
    map: MAP_COLORINGS.find((coloring) => coloring === raw.map) ?? 'heard',
  };
}

/** The address of a view, without what goes without saying. */
export function writeFleet(
  { area, q, only, sort, descending, map }: FleetSearch,
  home: string,
): Record<string, unknown> {
  return {
    ...writeArea(area, home),
    ...(q !== '' && { q }),
    ...(only.length > 0 && { only: only.join('.') }),
    ...(sort !== 'village' && { sort }),
    ...(descending && { descending }),
    ...(map !== 'heard' && { map }),
  };
}
