import { contains } from '../../firmware-protocol/content/area.ts';
import type { ProgrammeEntry } from '../../firmware-protocol/content/programme.ts';
import type { ProgrammeAnswer, ProgrammeRequest } from '../../firmware-protocol/mqtt/programme-requests.ts';
import type { Asker } from '../asker.ts';
import { withLibraryFacts } from './media-of.ts';
import { waitsOf } from './programme-plan.ts';
import type { RequestNeeds } from './request-row.ts';
import { refuseTarget } from './targets.ts';

/** Reads the programme of an area, or replaces it with the next version. */
export async function programme(
  asker: Asker,
  { area, entries, accept }: ProgrammeRequest,
  needs: RequestNeeds,
): Promise<ProgrammeAnswer> {
  // Who may speak to a village may read what the district and the nation say there.
  const hears = entries === undefined && asker.areas.some((own) => contains(area, own));
  if (!hears) await refuseTarget(asker, area, 'area', needs);
  if (entries !== undefined) {
    const resolved = await withMedia(entries, needs);
    const { version } = await needs.province.plans.published(area);
    const source = { entries: resolved, slots: [] };
    const wanted = { area, basedOn: version, source, accept, planned: false };
    const submitted = await needs.approvals.submitProgramme(wanted, asker);
    if ('held' in submitted) return { area, version, entries: resolved, ...waitsOf(submitted.held) };
    return { area, version: submitted.published.version, entries: resolved };
  }
  const current = await needs.programmes.current(area);
  return { area, version: current?.version ?? 0, entries: current?.entries ?? [] };
}

function withMedia(entries: ProgrammeEntry[], needs: RequestNeeds): Promise<ProgrammeEntry[]> {
  return Promise.all(
    entries.map(async (entry, at) => ({
      ...entry,
      announcement: await withLibraryFacts(entry.announcement, needs, `entries[${at}].announcement`),
    })),
  );
}
