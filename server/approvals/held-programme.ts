import { sha256Of } from '../../firmware-protocol/content/audit.ts';
import type { PlanChangeRows } from '../../firmware-protocol/mqtt/people-requests.ts';
import type { PlannedEntry } from '../../firmware-protocol/mqtt/programme-requests.ts';
import type { WantedProgramme } from '../programme/plan-records.ts';
import type { HeldFacts } from './held-facts.ts';

/** What becomes otherwise; entries by their ids. */
export interface PlanChange {
  added: PlannedEntry[];
  changed: PlannedEntry[];
  removed: PlannedEntry[];
}

/** A programme that waits for a second person, or did. */
export interface HeldProgramme extends HeldFacts {
  programme: WantedProgramme;
  change: PlanChange;
}

/** What two people must mean alike: every entry and slot, over which version, and what was accepted with open eyes. */
export function programmeHash(wanted: WantedProgramme): string {
  return sha256Of(contentOf(wanted));
}

export function contentOf({ area, basedOn, source, accept }: WantedProgramme) {
  const { entries, slots } = source;
  return { area, based_on: basedOn, accept: [...accept].sort(), entries, slots };
}

export function changeOf(before: readonly PlannedEntry[], after: readonly PlannedEntry[]): PlanChange {
  const [was, will] = [before, after].map((entries) => new Map(entries.map((entry) => [entry.id, entry])));
  const isSame = (entry: PlannedEntry) => {
    const other = was?.get(entry.id);
    return other !== undefined && sha256Of(other) === sha256Of(entry);
  };
  return {
    added: after.filter(({ id }) => !was?.has(id)),
    changed: after.filter((entry) => was?.has(entry.id) && !isSame(entry)),
    removed: before.filter(({ id }) => !will?.has(id)),
  };
}

/** In short, for people. */
export function changeRows({ added, changed, removed }: PlanChange): PlanChangeRows {
  return { added: added.map(rowOf), changed: changed.map(rowOf), removed: removed.map(rowOf) };
}

function rowOf({ id, starts, rule, band, outputs, announcement: { title } }: PlannedEntry) {
  return { id, title, starts, band, outputs, ...(rule !== undefined && { rule }) };
}
