import { REQUESTS, type RequestName } from '../../firmware-protocol/mqtt/requests.ts';
import { ALERT_ROWS } from './alert-rows.ts';
import { exported, imported } from './carry.ts';
import { explain } from './explain.ts';
import { devices, enrol, order, reports } from './fleet-requests.ts';
import { halls } from './halls.ts';
import { health } from './health.ts';
import { ICAL_ROWS } from './ical-rows.ts';
import { LIBRARY_ROWS } from './library-rows.ts';
import { orders } from './orders.ts';
import { overview } from './overview.ts';
import { PEOPLE_ROWS } from './people-rows.ts';
import { plan } from './plan.ts';
import { preview } from './preview.ts';
import { programme } from './programme.ts';
import { PROVINCE_ROWS } from './province-rows.ts';
import { push } from './push.ts';
import type { RequestRow } from './request-row.ts';
import { retry } from './retry.ts';
import { say } from './say.ts';
import { screen } from './screen.ts';
import { stop } from './stop.ts';
import { TROUBLE_ROWS } from './troubles.ts';

/** One row per request of the catalogue: its form, the right it needs and what it does. */
export const REQUEST_ROWS: { [N in RequestName]: RequestRow<N> } = {
  push: {
    schema: REQUESTS.push.request,
    right: ({ kind }) => (kind === 'test' ? 'test' : 'speak'),
    urgent: true,
    handle: push,
  },
  say: { schema: REQUESTS.say.request, right: () => 'speak', handle: say },
  stop: { schema: REQUESTS.stop.request, right: () => 'stop', urgent: true, handle: stop },
  programme: {
    schema: REQUESTS.programme.request,
    right: ({ entries }) => (entries === undefined ? 'read' : 'speak'),
    handle: programme,
  },
  explain: { schema: REQUESTS.explain.request, right: () => 'read', handle: explain },
  devices: { schema: REQUESTS.devices.request, right: () => 'read', handle: devices },
  halls: { schema: REQUESTS.halls.request, right: () => 'read', handle: halls },
  health: { schema: REQUESTS.health.request, right: () => 'read', handle: health },
  overview: { schema: REQUESTS.overview.request, right: () => 'read', handle: overview },
  plan: { schema: REQUESTS.plan.request, right: () => 'speak', handle: plan },
  order: { schema: REQUESTS.order.request, right: () => 'read', pressing: true, handle: order },
  orders: { schema: REQUESTS.orders.request, right: () => 'read', handle: orders },
  retry: { schema: REQUESTS.retry.request, right: () => 'speak', handle: retry },
  reports: { schema: REQUESTS.reports.request, right: () => 'read', handle: reports },
  enrol: { schema: REQUESTS.enrol.request, right: () => 'enrol', handle: enrol },
  export: { schema: REQUESTS.export.request, right: () => 'carry', handle: exported },
  import: { schema: REQUESTS.import.request, right: () => 'carry', handle: imported },
  ...PEOPLE_ROWS,
  ...PROVINCE_ROWS,
  ...ICAL_ROWS,
  ...LIBRARY_ROWS,
  ...TROUBLE_ROWS,
  ...ALERT_ROWS,
  screen: { schema: REQUESTS.screen.request, right: () => 'read', handle: screen },
  preview: { schema: REQUESTS.preview.request, right: () => 'read', handle: preview },
};
