import type { AnswerTo } from '../../firmware-protocol/mqtt/requests.ts';
import { namesOf, villagesAmong } from '../areas/place-names.ts';
import { ONLY_WARNS } from '../programme/conflict-words.ts';
import type { Check } from '../programme/plan-office.ts';
import type { RequestNeeds } from './request-row.ts';

/** More kinds of trouble than a person goes through; some 400 bytes each. */
const TOLD = 200;

/** What stands against a plan, as much of it as an answer holds: what hinders goes before what only waits. */
export async function checkTold(
  { conflicts, frozen }: Check,
  { places, province }: Pick<RequestNeeds, 'places' | 'province'>,
): Promise<AnswerTo<'draft'>['check']> {
  const hinders = conflicts.filter(({ kind }) => !ONLY_WARNS.includes(kind));
  const warns = conflicts.filter(({ kind }) => ONLY_WARNS.includes(kind));
  const told = conflicts.length <= TOLD ? conflicts : [...hinders, ...warns].slice(0, TOLD);
  const areas = told.flatMap((each) => each.areas);
  return {
    conflicts: told,
    frozen: frozen.slice(0, TOLD),
    left_out: conflicts.length - told.length + Math.max(0, frozen.length - TOLD),
    names: await namesOf(areas, await villagesAmong(areas, province.villages), places),
  };
}
