import type { Announcement } from '../../firmware-protocol/content/announcement.ts';
import type { Target } from '../../firmware-protocol/content/area.ts';
import { OUTPUTS, type Output } from '../../firmware-protocol/content/band.ts';
import { epochMsOf } from '../../firmware-protocol/content/instant.ts';
import { BANDS_OF_KIND } from '../../firmware-protocol/content/order.ts';
import { durationMsOf } from '../../firmware-protocol/content/resolver.ts';
import { isBound, quietUntil, type SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { PlanAnswer } from '../../firmware-protocol/mqtt/order-requests.ts';
import type { PushRequest } from '../../firmware-protocol/mqtt/push-request.ts';
import { isFlagged } from '../fleet/roll-up.ts';
import { seeTargeted } from '../fleet/targeted-halls.ts';
import type { OperatorIdentity } from '../ports.ts';
import { resolvedTargets } from './groups.ts';
import { metBy, type Planned } from './plan-meets.ts';
import { announcementIn, bandOf, plannedOrder } from './push.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTargets } from './targets.ts';

/** What a push would meet: halls, airtime, quiet hours, programmes. Nothing is sent, and no hall is read from the database. */
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
  return {
    ...reachOf(planned, to, needs),
    airtime_ms: planned.airtimeMs,
    needs: await needs.approvals.needsOfOrder(plannedOrder({ ...request, to }, announcement, asker, needs)),
    ...(await metBy(planned, to, needs)),
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

/** In one look at each hall. */
function reachOf(
  { airtimeMs, band, startMs }: Planned,
  to: readonly Target[],
  { rollUp }: Pick<RequestNeeds, 'rollUp'>,
): Pick<PlanAnswer, 'halls' | 'online' | 'away' | 'without' | 'quiet'> {
  const reach = { halls: 0, online: 0, without: { tower: 0, panel: 0 }, quiet: 0 };
  const saying = OUTPUTS.filter((output) => airtimeMs[output] > 0);
  const refuses = refusalBy(startMs);
  const isSound = airtimeMs.tower > 0 && isBound(band);
  seeTargeted(rollUp, to, (hall) => {
    reach.halls++;
    if (isFlagged(hall, 'online')) reach.online++;
    for (const output of saying) if (hall.lacks.includes(output)) reach.without[output]++;
    if (isSound && hall.laws !== undefined && refuses(hall.laws)) reach.quiet++;
  });
  return { ...reach, away: reach.halls - reach.online };
}

/** Whether laws, as halls told them, refuse a sound at an instant (epoch ms); each kind of laws is asked once. */
function refusalBy(startMs: number): (laws: SiteLaws) => boolean {
  const known = new Map<SiteLaws, boolean>();
  return (laws) => {
    const refuses = known.get(laws) ?? quietUntil(laws, startMs) !== undefined;
    known.set(laws, refuses);
    return refuses;
  };
}
