import type { PartsSeen } from '../health/checks/check.ts';
import type { OutputUnit } from './parts.ts';

/** What hangs on the box, as each unit knows it now. */
export function partsSeen(units: OutputUnit[]): PartsSeen {
  const seen: PartsSeen = Object.assign({}, ...units.map((unit) => unit.health?.()));
  for (const { performer, works } of units)
    if (performer !== undefined) seen[performer.output] = { works: works?.() ?? performer.works() };
  return seen;
}
