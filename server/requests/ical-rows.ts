import { HEARING_REQUESTS } from '../../firmware-protocol/mqtt/hearing-requests.ts';
import { ICAL_REQUESTS } from '../../firmware-protocol/mqtt/ical-requests.ts';
import { OCCURRENCE_REQUESTS } from '../../firmware-protocol/mqtt/occurrence-requests.ts';
import type { RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { adopt } from './adopt.ts';
import { hearing } from './hearing.ts';
import { ical } from './ical.ts';
import { occurrences } from './occurrences.ts';
import type { RequestRow } from './request-row.ts';

type Name = keyof typeof ICAL_REQUESTS | keyof typeof HEARING_REQUESTS | keyof typeof OCCURRENCE_REQUESTS;
type Rows<N extends RequestName> = { [Name in N]: RequestRow<Name> };

/** Programmes from and to other calendar programs, as a calendar of our own, and what becomes of them in many villages. */
export const ICAL_ROWS: Rows<Name> = {
  ical: { schema: ICAL_REQUESTS.ical.request, right: () => 'read', handle: ical },
  adopt: {
    schema: ICAL_REQUESTS.adopt.request,
    right: ({ dry_run }) => (dry_run ? 'read' : 'speak'),
    handle: adopt,
  },
  hearing: { schema: HEARING_REQUESTS.hearing.request, right: () => 'read', handle: hearing },
  occurrences: { schema: OCCURRENCE_REQUESTS.occurrences.request, right: () => 'read', handle: occurrences },
};
