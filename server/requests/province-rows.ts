import { PLACE_REQUESTS } from '../../firmware-protocol/mqtt/place-requests.ts';
import type { RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { groups } from './groups.ts';
import { coverage, places } from './place-requests.ts';
import type { RequestRow } from './request-row.ts';

type Rows<N extends RequestName> = { [Name in N]: RequestRow<Name> };

/** What a province plans with. */
export const PROVINCE_ROWS: Rows<keyof typeof PLACE_REQUESTS> = {
  places: {
    schema: PLACE_REQUESTS.places.request,
    right: ({ csv, csv_base64 }) => (csv === undefined && csv_base64 === undefined ? 'read' : 'speak'),
    handle: places,
  },
  groups: {
    schema: PLACE_REQUESTS.groups.request,
    right: ({ title, areas, remove }) => (title || areas || remove ? 'speak' : 'read'),
    handle: groups,
  },
  coverage: { schema: PLACE_REQUESTS.coverage.request, right: () => 'read', handle: coverage },
};
