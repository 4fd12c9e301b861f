import { PLACE_REQUESTS } from '../../firmware-protocol/mqtt/place-requests.ts';
import { PROGRAMME_REQUESTS } from '../../firmware-protocol/mqtt/programme-requests.ts';
import type { RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { calendar } from './calendar.ts';
import { groups } from './groups.ts';
import { coverage, places } from './place-requests.ts';
import { delivery, draft, publish, versions } from './programme-plan.ts';
import type { RequestRow } from './request-row.ts';

type Name = keyof typeof PLACE_REQUESTS | keyof typeof PROGRAMME_REQUESTS;
type Rows<N extends RequestName> = { [Name in N]: RequestRow<Name> };

/** What a province plans with. */
export const PROVINCE_ROWS: Rows<Name> = {
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
  draft: {
    schema: PROGRAMME_REQUESTS.draft.request,
    right: ({ entries, slots, discard, look_only }) =>
      discard || (!look_only && (entries || slots)) ? 'speak' : 'read',
    handle: draft,
  },
  publish: {
    schema: PROGRAMME_REQUESTS.publish.request,
    right: ({ dry_run }) => (dry_run ? 'read' : 'speak'),
    handle: publish,
  },
  versions: { schema: PROGRAMME_REQUESTS.versions.request, right: () => 'read', handle: versions },
  delivery: { schema: PROGRAMME_REQUESTS.delivery.request, right: () => 'read', handle: delivery },
  calendar: {
    schema: PROGRAMME_REQUESTS.calendar.request,
    right: ({ csv, csv_base64, remove }) => (csv || csv_base64 || remove ? 'speak' : 'read'),
    handle: calendar,
  },
};
