import { ALERT_REQUESTS } from '../../firmware-protocol/mqtt/alert-requests.ts';
import { alert, alerts, cap } from './alerts.ts';
import type { RequestRow } from './request-row.ts';

type Rows = { [N in keyof typeof ALERT_REQUESTS]: RequestRow<N> };

/** Warnings of other agencies, and ours for them. */
export const ALERT_ROWS: Rows = {
  alerts: { schema: ALERT_REQUESTS.alerts.request, right: () => 'read', pressing: true, handle: alerts },
  alert: {
    schema: ALERT_REQUESTS.alert.request,
    right: ({ decision }) => (decision === undefined ? 'read' : 'approve'),
    pressing: true,
    handle: alert,
  },
  cap: { schema: ALERT_REQUESTS.cap.request, right: () => 'read', handle: cap },
};
