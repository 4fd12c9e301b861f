import { contains } from '../../firmware-protocol/content/area.ts';
import { Report } from '../../firmware-protocol/content/report.ts';
import type { OrderRequest } from '../../firmware-protocol/mqtt/order-requests.ts';
import {
  type AnswerTo,
  type DevicesRequest,
  type EnrolRequest,
  type ReportsRequest,
  UnreadReport,
} from '../../firmware-protocol/mqtt/requests.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget, refuseUnknown, visibleWithin } from './targets.ts';
import { unknownOrder } from './unknown-order.ts';

/** So many rows of the shortest names are more than a message holds: the answer is refused by its size, and more need not be read. */
const MORE_THAN_FIT = 10_000;

/** The devices of an area that the asker may see. */
export async function devices(
  asker: OperatorIdentity,
  { area, device }: DevicesRequest,
  { places, fleet }: RequestNeeds,
): Promise<AnswerTo<'devices'>> {
  await refuseUnknown(area, places);
  const visible = visibleWithin(asker, area);
  if (device !== undefined) {
    const row = await fleet.device(device);
    const isVisible = row !== undefined && visible.some((each) => contains(each, row.village));
    return { devices: isVisible ? [row] : [] };
  }
  const rows = await Promise.all(visible.map((each) => fleet.devices(each, MORE_THAN_FIT)));
  return { devices: rows.flat() };
}

/** How an order fares in the asker's areas. */
export async function order(
  asker: OperatorIdentity,
  request: OrderRequest,
  { dispatch }: RequestNeeds,
): Promise<AnswerTo<'order'>> {
  const progress = await dispatch.progress({ ...request, areas: asker.areas });
  if (progress === undefined) throw unknownOrder(request.order);
  return progress;
}

/** Proof of play, as the device wrote it. */
export async function reports(
  asker: OperatorIdentity,
  { device, after, before, newest_first: newestFirst, limit, play }: ReportsRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'reports'>> {
  await refuseTarget(asker, `device/${device}`, 'device', needs);
  const stored = await needs.reports.list(device, { after, before, newestFirst, limit, play });
  return {
    device,
    stored: (await needs.fleet.device(device))?.reports_stored ?? 0,
    ...asTheyCame(stored.map(({ document }) => document)),
  };
}

/** Nothing is dropped or filled in: a report is proof by its hash. Those that only a newer server can read go beside. */
function asTheyCame(documents: string[]): Pick<AnswerTo<'reports'>, 'reports' | 'unread'> {
  const raw: unknown[] = documents.map((document) => JSON.parse(document));
  const unread = raw.flatMap((each) => (isReport(each) ? [] : [UnreadReport.parse(each)]));
  return { reports: raw.filter(isReport), ...(unread.length > 0 && { unread }) };
}

function isReport(value: unknown): value is Report {
  return Report.safeParse(value).success;
}

/** A one-time code for the box of a village. */
export async function enrol(
  asker: OperatorIdentity,
  { device, village, name }: EnrolRequest,
  needs: RequestNeeds,
): Promise<AnswerTo<'enrol'>> {
  await refuseTarget(asker, village, 'village', needs);
  return needs.enrolment.createCode({ device, village, name }, asker.areas);
}
