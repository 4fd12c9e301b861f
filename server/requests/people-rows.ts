import { PEOPLE_REQUESTS } from '../../firmware-protocol/mqtt/people-requests.ts';
import { approvals, approve, prove, refuse } from './approvals.ts';
import { auditPage } from './audit.ts';
import { keys } from './keys.ts';
import { passkeys } from './passkeys.ts';
import { people } from './people.ts';
import type { RequestRow } from './request-row.ts';

type Rows = { [N in keyof typeof PEOPLE_REQUESTS]: RequestRow<N> };

/** Who may say yes, and who did what. */
export const PEOPLE_ROWS: Rows = {
  audit: { schema: PEOPLE_REQUESTS.audit.request, right: () => 'audit', handle: auditPage },
  approvals: {
    schema: PEOPLE_REQUESTS.approvals.request,
    right: () => 'read',
    pressing: true,
    handle: approvals,
  },
  approve: { schema: PEOPLE_REQUESTS.approve.request, right: () => 'approve', handle: approve },
  refuse: { schema: PEOPLE_REQUESTS.refuse.request, right: () => 'stop', handle: refuse },
  prove: { schema: PEOPLE_REQUESTS.prove.request, right: () => 'read', pressing: true, handle: prove },
  passkeys: {
    schema: PEOPLE_REQUESTS.passkeys.request,
    right: () => 'read',
    pressing: true,
    handle: passkeys,
  },
  keys: { schema: PEOPLE_REQUESTS.keys.request, right: () => 'read', handle: keys },
  people: {
    schema: PEOPLE_REQUESTS.people.request,
    right: () => 'people',
    handle: people,
  },
};
