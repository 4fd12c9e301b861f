import { sha256Of } from '../../firmware-protocol/content/audit.ts';
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
import type { Asker } from '../asker.ts';
import { ServerError } from '../errors.ts';
import { isTouchedBy, seesAlert } from './alert-sight.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTargets } from './targets.ts';
import { unknownOrder } from './unknown-order.ts';

/** An answer has a size of its own; an alert with its sound is read over HTTP or from the file that it came in. */
const MOST_DOCUMENT_CHARS = 200_000;

const isState = (text: string): text is AlertState => ALERT_STATES.some((state) => state === text);

/** Of how many alerts those are told that are for the asker's areas. */
const LOOKED_THROUGH = 1_000;

/** Those that the asker may see, the newest first. */
export async function alerts(
  asker: Asker,
  request: AlertsRequest,
  needs: RequestNeeds,
): Promise<AlertsAnswer> {
  const states = request.states?.filter(isState);
  const rows: AlertRow[] = [];
  for (const record of await needs.alerts.desk.list({ states, limit: LOOKED_THROUGH })) {
    if (rows.length === request.limit) break;
    if (await seesAlert(asker, record, needs)) rows.push(rowOf(record));
  }
  return { alerts: rows };
}

/** One alert; or the decision of a person, who reaches whom it is for and did not bring it in. */
export async function alert(asker: Asker, request: AlertRequest, needs: RequestNeeds): Promise<AlertAnswer> {
  const { desk } = needs.alerts;
  const record = await desk.get(request.alert);
  // Whoever may not see it learns no more of it than of one that there is not.
  if (record === undefined || !(await seesAlert(asker, record, needs)))
    throw new ServerError('alert-unknown', { context: { alert: request.alert } });
  if (request.decision === undefined) {
    const { document } = record;
    return { alert: rowOf(record), ...(document.length <= MOST_DOCUMENT_CHARS && { document }) };
  }
  const decision = { id: record.id, by: asker.user, to: request.to, why: request.why };
  if (request.decision === 'reject') {
    // A no keeps a warning from everybody that it is for.
    await refuseTargets(asker, record.to, 'alert', needs);
    return { alert: rowOf(await desk.reject(decision)) };
  }
  if (record.via === `post:${asker.user}`) throw new ServerError('own-request');
  if (request.sha256 !== undefined && request.sha256 !== alertHash(record))
    throw new ServerError('content-differs');
  // The password is given for this warning as it was read.
  const isProven = asker.proved && request.sha256 !== undefined;
  if (needs.approvals.stepUp && !isProven) throw new ServerError('step-up-needed');
  await refuseTargets(asker, request.to ?? record.to, request.to === undefined ? 'alert' : 'to', needs);
  const takesTwo = personsFor(record) > 1 && !(await needs.approvals.isAlone(request.to ?? record.to));
  return { alert: rowOf(await desk.approve({ ...decision, takesTwo })) };
}

/** An alert of ours as other agencies read it. */
export async function cap(asker: Asker, { order: id }: CapRequest, needs: RequestNeeds): Promise<CapAnswer> {
  const { alerts: room, dispatch, places } = needs;
  const order = await dispatch.order(id);
  const cleared = order?.kind === 'all-clear' ? await dispatch.order(order.clears) : undefined;
  const told = cleared ?? order;
  if (order === undefined || told?.kind !== 'alert' || !(await isTouchedBy(asker, told.to, needs)))
    throw unknownOrder(id);
  const voice = {
    sender: room.sender,
    mediaUrl: room.mediaUrl,
    nameOf: async (area: string) => (await places.placeOf(area))?.th,
    villageOf: async (device: string) => (await needs.fleet.device(device))?.village,
  };
  const document =
    order.kind === 'all-clear' ? capOfAllClear(order, told, voice) : await capOfAlert(told, voice);
  return { order: id, document };
}

/**
 * A machine that is written down is the first of two: what it says was agreed to in its office; so is an account of ours that posted
 * it, as the author of a push is. What came from elsewhere nobody has called true yet, and what is forged or says other words under a
 * known name is called false: two of ours have to know better. To end a warning never takes two.
 */
function personsFor({ trust, verdict, via }: AlertSummary): number {
  if (trust === 'trusted' || verdict === 'cancel') return 1;
  const isDoubted = trust === 'bad-signature' || trust === 'same-name-other-words';
  return via.startsWith('post:') && !isDoubted ? 1 : 2;
}

/** `hash` is of the alert as its sender wrote it: every word that is read or said comes from there. */
function alertHash({ id, hash, to, trust }: AlertSummary): string {
  return sha256Of({ alert: id, hash, to, trust });
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
    sha256: alertHash(record),
    persons: personsFor(record),
    ...(record.firstYes !== undefined && {
      first_yes: { ...record.firstYes, at: instantOf(record.firstYes.at) },
    }),
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
