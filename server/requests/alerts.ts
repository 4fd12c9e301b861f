import { deviceOf } from '../../firmware-protocol/content/area.ts';
import { instantOf } from '../../firmware-protocol/content/instant.ts';
import type {
  AlertAnswer,
  AlertRequest,
  AlertRow,
  AlertsAnswer,
  AlertsRequest,
  CapAnswer,
  CapRequest,
} from '../../firmware-protocol/mqtt/alert-requests.ts';
import { capOfAlert, capOfAllClear } from '../alerts/alert-out.ts';
import { ALERT_STATES, type AlertState, type AlertSummary } from '../alerts/alert-records.ts';
import { wordsOf } from '../alerts/reasons.ts';
import { mayReach } from '../areas/reach.ts';
import { ServerError } from '../errors.ts';
import type { Asker } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTargets } from './targets.ts';
import { unknownOrder } from './unknown-order.ts';

/** An answer has a size of its own; an alert with its sound is read over HTTP or from the file that it came in. */
const MOST_DOCUMENT_CHARS = 200_000;

const isState = (text: string): text is AlertState => ALERT_STATES.some((state) => state === text);

/** The newest first. */
export async function alerts(
  _asker: Asker,
  request: AlertsRequest,
  needs: RequestNeeds,
): Promise<AlertsAnswer> {
  const states = request.states?.filter(isState);
  const listed = await needs.alerts.desk.list({ states, limit: request.limit });
  return { alerts: listed.map(rowOf) };
}

/** One alert; or the decision of a person, who reaches whom it is for and did not bring it in. */
export async function alert(asker: Asker, request: AlertRequest, needs: RequestNeeds): Promise<AlertAnswer> {
  const { desk } = needs.alerts;
  const record = await desk.get(request.alert);
  if (record === undefined) throw new ServerError('alert-unknown', { context: { alert: request.alert } });
  if (request.decision === undefined) {
    const { document } = record;
    return { alert: rowOf(record), ...(document.length <= MOST_DOCUMENT_CHARS && { document }) };
  }
  const decision = { id: record.id, by: asker.user, to: request.to, why: request.why };
  if (request.decision === 'reject') return { alert: rowOf(await desk.reject(decision)) };
  if (record.via === `post:${asker.user}`) throw new ServerError('own-request');
  await refuseTargets(asker, request.to ?? record.to, request.to === undefined ? 'alert' : 'to', needs);
  return { alert: rowOf(await desk.approve(decision)) };
}

/** An alert of ours as other agencies read it. */
export async function cap(asker: Asker, { order: id }: CapRequest, needs: RequestNeeds): Promise<CapAnswer> {
  const { alerts: room, dispatch, places, fleet } = needs;
  const order = await dispatch.order(id);
  const cleared = order?.kind === 'all-clear' ? await dispatch.order(order.clears) : undefined;
  const told = cleared ?? order;
  const isSeen =
    told?.to.some((target) => deviceOf(target) !== undefined || mayReach(asker.areas, target)) ?? false;
  if (order === undefined || told?.kind !== 'alert' || !isSeen) throw unknownOrder(id);
  const voice = {
    sender: room.sender,
    mediaUrl: room.mediaUrl,
    nameOf: async (area: string) => (await places.placeOf(area))?.th,
    villageOf: async (device: string) => (await fleet.device(device))?.village,
  };
  const document =
    order.kind === 'all-clear' ? capOfAllClear(order, told, voice) : await capOfAlert(told, voice);
  return { order: id, document };
}

function rowOf(record: AlertSummary): AlertRow {
  return {
    alert: record.id,
    sender: record.sender,
    identifier: record.identifier,
    sent: record.sent,
    status: record.status,
    msg_type: record.msgType,
    title: record.title,
    verdict: record.verdict,
    reasons: record.reasons.map((reason) => ({
      code: reason.code,
      place: [reason.place ?? '', reason.line === undefined ? '' : `:${reason.line}`].join(''),
      ...wordsOf(reason),
    })),
    signature: record.signature,
    trust: record.trust,
    via: record.via,
    received_at: instantOf(record.receivedAt),
    to: record.to,
    matched: record.matched,
    ...(record.until !== undefined && { until: instantOf(record.until) }),
    state: record.state,
    state_at: instantOf(record.stateAt),
    state_by: record.stateBy,
    ...(record.why !== undefined && { why: record.why }),
    orders: record.orders,
  };
}
