import { REQUESTS, type RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { exported, imported } from './carry.ts';
import { explain } from './explain.ts';
import { devices, enrol, order, reports } from './fleet-requests.ts';
import { programme } from './programme.ts';
import { push } from './push.ts';
import type { RequestRow } from './request-row.ts';
import { say } from './say.ts';
import { stop } from './stop.ts';

/** One row per request of the catalogue: its form, the role it needs and what it does. */
export const REQUEST_ROWS: { [N in RequestName]: RequestRow<N> } = {
  push: { schema: REQUESTS.push.request, role: () => 'operator', handle: push },
  say: { schema: REQUESTS.say.request, role: () => 'operator', handle: say },
  stop: { schema: REQUESTS.stop.request, role: () => 'operator', handle: stop },
  programme: {
    schema: REQUESTS.programme.request,
    role: ({ entries }) => (entries === undefined ? 'viewer' : 'operator'),
    handle: programme,
  },
  explain: { schema: REQUESTS.explain.request, role: () => 'viewer', handle: explain },
  devices: { schema: REQUESTS.devices.request, role: () => 'viewer', handle: devices },
  order: { schema: REQUESTS.order.request, role: () => 'viewer', handle: order },
  reports: { schema: REQUESTS.reports.request, role: () => 'viewer', handle: reports },
  enrol: { schema: REQUESTS.enrol.request, role: () => 'admin', handle: enrol },
  export: { schema: REQUESTS.export.request, role: () => 'operator', handle: exported },
  import: { schema: REQUESTS.import.request, role: () => 'operator', handle: imported },
};
