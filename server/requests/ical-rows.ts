import { ICAL_REQUESTS } from '../../firmware-protocol/mqtt/ical-requests.ts';
import type { RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { adopt } from './adopt.ts';
import { ical } from './ical.ts';
import type { RequestRow } from './request-row.ts';

type Name = keyof typeof ICAL_REQUESTS;
type Rows<N extends RequestName> = { [Name in N]: RequestRow<Name> };

/** Programmes from and to other calendar programs. */
export const ICAL_ROWS: Rows<Name> = {
  ical: { schema: ICAL_REQUESTS.ical.request, right: () => 'read', handle: ical },
  adopt: {
    schema: ICAL_REQUESTS.adopt.request,
    right: ({ dry_run }) => (dry_run ? 'read' : 'speak'),
    handle: adopt,
  },
};
