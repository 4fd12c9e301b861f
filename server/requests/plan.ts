import type { Announcement } from '../../firmware-protocol/content/announcement.ts';
import { contains, deviceOf, type Target } from '../../firmware-protocol/content/area.ts';
import { type Band, OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import { BANDS_OF_KIND } from '../../firmware-protocol/content/order.ts';
import { durationMsOf, type Occurrence, occurrencesOf } from '../../firmware-protocol/content/resolver.ts';
import { isBound, quietUntil } from '../../firmware-protocol/content/site-laws.ts';
import type { PlanAnswer } from '../../firmware-protocol/mqtt/order-requests.ts';
import type { PushRequest } from '../../firmware-protocol/mqtt/push-request.ts';
import type { FleetRow, OperatorIdentity } from '../ports.ts';
import { resolvedTargets } from './groups.ts';
import { announcementIn, bandOf, plannedOrder } from './push.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTargets } from './targets.ts';

/** What is on the air already may have begun so long ago. */
const LOOK_BACK_MS = 12 * 3_600_000;
/** More lines than a person reads before sending. */
const MEETS_MOST = 200;

/** The push as it would be: when, how long, how loud in rank. */
interface Planned {
  startMs: number;
  band: Band;
  airtimeMs: Record<Output, number>;
}

/** What a push would meet: halls, airtime, quiet hours, programmes. Nothing is sent. */
export async function plan(
  asker: OperatorIdentity,
  request: PushRequest,
  needs: RequestNeeds,
): Promise<PlanAnswer> {
  const to = await resolvedTargets(request.to, 'to', needs);
  await refuseTargets(asker, to, 'to', needs);
  const { say: _takesAVoice, ...silent } = request;
  const announcement = await announcementIn(silent, asker.user, needs);
  const planned = plannedOf(request, announcement, needs.clock.wall());
  const halls = await hallsOf(to, needs);
  const online = halls.filter(({ presence }) => presence?.state === 'online').length;
  return {
    halls: halls.length,
    online,
    away: halls.length - online,
    airtime_ms: planned.airtimeMs,
    without: { tower: lacking('tower', halls, planned), panel: lacking('panel', halls, planned) },
    quiet: halls.filter((hall) => refusesSound(hall, planned)).length,
    needs: await needs.approvals.needsOfOrder(plannedOrder({ ...request, to }, announcement, asker, needs)),
    meets: await metBy(planned, halls, needs),
  };
}

function plannedOf(
  { kind, band, start_at, outputs = [...OUTPUTS] }: PushRequest,
  said: Announcement,
  now: number,
): Planned {
  const ms = (output: Output) => (outputs.includes(output) ? durationMsOf(said, output) : 0);
  return {
    startMs: start_at === undefined ? now : Math.max(now, epochMsOf(start_at)),
    band: bandOf(BANDS_OF_KIND[kind], band),
    airtimeMs: { tower: ms('tower'), panel: ms('panel') },
  };
}

/** Each hall once: targets may overlap. */
async function hallsOf(to: Target[], { fleet }: RequestNeeds): Promise<FleetRow[]> {
  const found = await Promise.all(
    to.map(async (target) => {
      const device = deviceOf(target);
      if (device === undefined) return fleet.devices(target);
      const row = await fleet.device(device);
      return row === undefined ? [] : [row];
    }),
  );
  return [...new Map(found.flat().map((row) => [row.device, row])).values()];
}

function lacking(output: Output, halls: FleetRow[], { airtimeMs }: Planned): number {
  if (airtimeMs[output] === 0) return 0;
  return halls.filter(({ state }) => state !== undefined && state.outputs[output]?.works !== true).length;
}

/** By the laws that the hall told itself, as it will apply them. */
function refusesSound({ state }: FleetRow, { airtimeMs, band, startMs }: Planned): boolean {
  if (state?.laws === undefined || airtimeMs.tower === 0 || !isBound(band)) return false;
  return quietUntil(state.laws, startMs) !== undefined;
}

async function metBy(planned: Planned, halls: FleetRow[], needs: RequestNeeds): Promise<PlanAnswer['meets']> {
  const { startMs, airtimeMs, band } = planned;
  const endMs = startMs + Math.max(airtimeMs.tower, airtimeMs.panel);
  const programmes = (await needs.programmes.within('th')).filter(({ area }) =>
    halls.some(({ village }) => contains(area, village)),
  );
  return occurrencesOf(programmes, startMs - LOOK_BACK_MS, endMs)
    .map((occurrence) => ({ occurrence, endsMs: occurrence.startMs + lengthMsOf(occurrence) }))
    .filter(({ endsMs }) => endsMs > startMs)
    .slice(0, MEETS_MOST)
    .map(({ occurrence: { area, entry, startMs: starts }, endsMs }) => ({
      area,
      title: entry.announcement.title,
      starts: instantOf(starts),
      ends: instantOf(endsMs),
      what: entry.band > band ? 'goes-first' : 'cut',
    }));
}

function lengthMsOf({ entry: { announcement } }: Occurrence): number {
  return Math.max(...OUTPUTS.map((output) => durationMsOf(announcement, output)));
}
