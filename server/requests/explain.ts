import { deviceOf, lineageOf } from '../../firmware-protocol/content/area.ts';
import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import {
  type Decision,
  type Occurrence,
  occurrencesOf,
  resolve,
} from '../../firmware-protocol/content/resolver.ts';
import type { ExplainAnswer, ExplainRequest } from '../../firmware-protocol/mqtt/programme-requests.ts';
import type { OperatorIdentity } from '../ports.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

const HOUR_MS = 3_600_000;

export const EXPLAIN_LIMITS = {
  /** What began before the window may still sound in it: the longest entry lasts ten hours (an hour, ten times). */
  lookBackMs: 12 * HOUR_MS,
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
  const programmes = current.filter((each) => each !== undefined);
  const decisions = resolve(dueBetween(programmes, fromMs - EXPLAIN_LIMITS.lookBackMs, untilMs))
    .filter(({ endsMs, startsMs }) => Math.max(endsMs, startsMs) >= fromMs)
    .sort((one, other) => one.startsMs - other.startsMs);
  const leftOut = decisions[EXPLAIN_LIMITS.lines];
  return {
    who,
    from: instantOf(fromMs),
    until: instantOf(leftOut?.startsMs ?? untilMs),
    plan: decisions.slice(0, EXPLAIN_LIMITS.lines).map(lineOf),
  };
}

/** As the device's runner sees it: what a programme says about the time before it was issued was never due. */
function dueBetween(programmes: Programme[], fromMs: number, untilMs: number): Occurrence[] {
  const issuedMs = new Map(programmes.map(({ area, issued_at }) => [area, epochMsOf(issued_at)]));
  return occurrencesOf(programmes, fromMs, untilMs).filter(
    ({ area, startMs }) => startMs >= (issuedMs.get(area) ?? 0),
  );
}

function lineOf({
  occurrence,
  output,
  verdict,
  startsMs,
  endsMs,
  because,
}: Decision): ExplainAnswer['plan'][number] {
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
  };
}
