import type { Need } from '../../firmware-protocol/mqtt/people-requests.ts';
import type { PlanOffice, Prospect } from '../programme/plan-office.ts';
import type { WantedProgramme } from '../programme/plan-records.ts';
import { PROGRAMME_LIFE } from '../programme/programme-office.ts';
import { changeOf, type PlanChange } from './held-programme.ts';
import { needsOfEntries, type Policy } from './needs.ts';

const DAY_MS = 86_400_000;

interface Around {
  plans: Pick<PlanOffice, 'published'>;
  policy: Policy;
  /** Epoch ms. */
  now: number;
}

/** What a programme changes, and why that takes a second person: by what it says anew, as boxes would get it. */
export async function weighed(
  { area, source }: WantedProgramme,
  { entries }: Pick<Prospect, 'entries'>,
  { plans, policy, now }: Around,
): Promise<{ needed: Need[]; change: PlanChange }> {
  const change = changeOf((await plans.published(area)).source.entries, source.entries);
  const anew = new Set([...change.added, ...change.changed].map(({ id }) => id));
  const untilMs = now + PROGRAMME_LIFE.validDays * DAY_MS;
  const said = entries.filter(({ id }) => anew.has(id));
  return { needed: needsOfEntries(said, { areas: [area], now, untilMs }, policy), change };
}
