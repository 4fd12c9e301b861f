import { type AreaCode, deviceOf, levelOf, lineageOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Decision } from '../../firmware-protocol/content/resolver.ts';
import type { SiteLaws } from '../../firmware-protocol/content/site-laws.ts';
import type { ExplainAnswer, ExplainRequest } from '../../firmware-protocol/mqtt/programme-requests.ts';
import type { OperatorIdentity } from '../ports.ts';
import { VillagePlans } from '../programme/village-plans.ts';
import { whyWords } from '../programme/why.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

const HOUR_MS = 3_600_000;

const EXPLAIN_LIMITS = {
  /** More lines than a person reads, and fewer than fill a message; `until` then says how far the plan goes. */
  lines: 1_000,
} as const;

/** What a village will hear and read, what will lose, and why: by the same rules as the device's. */
export async function explain(
  asker: OperatorIdentity,
  { who, from, hours }: ExplainRequest,
  needs: RequestNeeds,
): Promise<ExplainAnswer> {
  await refuseTarget(asker, who, 'who', needs);
  const device = deviceOf(who);
  const area = device === undefined ? who : ((await needs.fleet.device(device))?.village ?? who);
  const current = await Promise.all(lineageOf(area).map((each) => needs.programmes.current(each)));
  const fromMs = from === undefined ? needs.clock.wall() : epochMsOf(from);
  const untilMs = fromMs + hours * HOUR_MS;
  const plans = new VillagePlans(
    current.filter((each) => each !== undefined),
    fromMs,
    untilMs,
  );
  const decisions = plans.of({ village: area, laws: await lawsOf(device, area, needs) });
  const titles = new Map(decisions.map(({ occurrence: { id, entry } }) => [id, entry.announcement.title]));
  const leftOut = decisions[EXPLAIN_LIMITS.lines];
  return {
    who,
    from: instantOf(fromMs),
    until: instantOf(leftOut?.startsMs ?? untilMs),
    plan: decisions.slice(0, EXPLAIN_LIMITS.lines).map((each) => explainedLine(each, titles)),
  };
}

/** Of the hall, or of the one of a village that told them. Two halls of a village may differ; then each is asked for by its device. */
async function lawsOf(
  device: string | undefined,
  area: AreaCode,
  { fleet }: RequestNeeds,
): Promise<SiteLaws | undefined> {
  if (device !== undefined) return (await fleet.device(device))?.state?.laws;
  if (levelOf(area) !== 'village') return undefined;
  return (await fleet.devices(area)).find(({ state }) => state?.laws !== undefined)?.state?.laws;
}

export function explainedLine(
  { occurrence, output, verdict, startsMs, endsMs, because }: Decision,
  titles: ReadonlyMap<string, string>,
): ExplainAnswer['plan'][number] {
  const { id, area, entry } = occurrence;
  return {
    play: id,
    title: entry.announcement.title,
    output,
    area,
    band: entry.band,
    starts: instantOf(startsMs),
    ends: instantOf(endsMs),
    verdict,
    because,
    why: whyWords({ because }, titles),
  };
}
