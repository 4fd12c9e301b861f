import { epochMsOf, instantOf } from '../../firmware-protocol/content/instant.ts';
import type { Programme } from '../../firmware-protocol/content/programme.ts';
import { type Decision, occurrencesOf, resolve } from '../../firmware-protocol/content/resolver.ts';
import type { LocalAnswerOf } from '../../firmware-protocol/local/verbs.ts';

const HOUR_MS = 3_600_000;
/** What began before still goes on, or pre-empts: the longest announcement and its grace. */
const LOOK_BACK_MS = 2 * HOUR_MS;
/** More lines than that nobody reads; the rest is left out and `until` says where. */
const MOST_LINES = 200;

export type Plan = Pick<LocalAnswerOf<'next'>, 'from' | 'until' | 'plan'>;

/** What the programmes of this hall will do from `now` on, with reasons: the same resolver that plays them. */
export function planAhead(programmes: Programme[], now: number, hours: number): Plan {
  const untilMs = now + hours * HOUR_MS;
  const issuedMs = new Map(programmes.map(({ area, issued_at }) => [area, epochMsOf(issued_at)]));
  const due = occurrencesOf(programmes, now - LOOK_BACK_MS, untilMs).filter(
    ({ area, startMs }) => startMs >= (issuedMs.get(area) ?? 0),
  );
  const decisions = resolve(due)
    .filter(({ startsMs, endsMs }) => Math.max(startsMs, endsMs) >= now)
    .sort((one, other) => one.startsMs - other.startsMs);
  return {
    from: instantOf(now),
    until: instantOf(decisions[MOST_LINES]?.startsMs ?? untilMs),
    plan: decisions.slice(0, MOST_LINES).map(lineOf),
  };
}

function lineOf({ occurrence, output, verdict, startsMs, endsMs, because }: Decision): Plan['plan'][number] {
  const { id, area, entry } = occurrence;
  return {
    ...{ play: id, title: entry.announcement.title, output, area, band: entry.band },
    ...{ starts: instantOf(startsMs), ends: instantOf(endsMs), verdict, because },
  };
}
